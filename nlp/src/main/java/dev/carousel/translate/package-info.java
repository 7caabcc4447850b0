/**
 * Translation: from a sentence to a sentence, by a recurrent encoder-decoder with attention.
 *
 * <p>Read {@link dev.carousel.translate.Translator} first.
 */
@NullMarked
package dev.carousel.translate;

import org.jspecify.annotations.NullMarked;
