/**
 * From a model's logits to text, one token after the other: {@link dev.carousel.decode.Sampler}
 * draws, {@link dev.carousel.decode.BeamSearch} searches.
 */
@NullMarked
package dev.carousel.decode;

import org.jspecify.annotations.NullMarked;
