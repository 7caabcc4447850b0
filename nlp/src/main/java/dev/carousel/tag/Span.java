package dev.carousel.tag;

/**
 * A stretch of text that a tagger found: an entity, a chunk, a slot.
 *
 * @param label its type
 * @param start where it starts, in UTF-16 units of the text
 * @param end where it ends, exclusive
 * @param text what stands there
 */
public record Span(String label, int start, int end, String text) {}
