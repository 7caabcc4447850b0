/**
 * From a model's logits to text, one token after the other. Read {@link
 * dev.carousel.decode.Sampler} for drawing.
 */
@NullMarked
package dev.carousel.decode;

import org.jspecify.annotations.NullMarked;
