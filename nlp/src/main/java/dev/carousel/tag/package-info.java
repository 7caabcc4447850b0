/**
 * Sequence tagging: named entities, parts of speech, chunks, slots; with an intent for the whole
 * sentence where the data has one.
 *
 * <p>Read {@link dev.carousel.tag.SequenceTagger} first. The network is an encoder ({@link
 * dev.carousel.tag.TokenEncoder}: what each token looks like, then a recurrent network over the
 * sentence) and heads over it ({@link dev.carousel.tag.TagHead}, {@link
 * dev.carousel.tag.IntentHead}), each with a loss of its own; with two heads it learns two tasks at
 * once.
 */
@NullMarked
package dev.carousel.tag;

import org.jspecify.annotations.NullMarked;
