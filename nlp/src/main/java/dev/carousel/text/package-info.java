/**
 * From text to tokens and from tokens to numbers.
 *
 * <p>Read {@link dev.carousel.text.Tokenizer} first, then {@link dev.carousel.text.Vocabulary}.
 * Text is handled by user-perceived characters ({@link dev.carousel.text.Graphemes}), so no
 * tokenizer cuts a surrogate pair, a combining mark or an emoji sequence.
 */
@NullMarked
package dev.carousel.text;

import org.jspecify.annotations.NullMarked;
