/**
 * Conversation: answers learned from dialogues, written by a {@link
 * dev.carousel.translate.Translator} that reads the last turns.
 *
 * <p>Read {@link dev.carousel.chat.ChatBot} first, then {@link dev.carousel.chat.Session}.
 */
@NullMarked
package dev.carousel.chat;

import org.jspecify.annotations.NullMarked;
