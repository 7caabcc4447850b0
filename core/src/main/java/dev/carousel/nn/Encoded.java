package dev.carousel.nn;

/**
 * A batch of source sequences as a decoder reads it.
 *
 * @param memory what is attended to
 * @param start where decoding begins
 */
public record Encoded(AttentionMemory memory, DecoderState start) {}
