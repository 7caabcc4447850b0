/**
 * Language models: probabilities of the next word, character or subword, and text drawn from them.
 *
 * <p>Read {@link dev.carousel.lm.LanguageModel} first, then {@link
 * dev.carousel.lm.LanguageSettings}.
 */
@NullMarked
package dev.carousel.lm;

import org.jspecify.annotations.NullMarked;
