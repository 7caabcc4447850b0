/**
 * From a model's probabilities of the next token to whole sequences. Read {@link
 * dev.carousel.decode.BeamSearch} first.
 */
@NullMarked
package dev.carousel.decode;

import org.jspecify.annotations.NullMarked;
