package dev.carousel.data;

/**
 * A text and what belongs to it: a translation, an answer.
 *
 * @param source what is read, not blank
 * @param target what is to be written, not blank
 */
public record TextPair(String source, String target) {}
