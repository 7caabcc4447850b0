package dev.carousel.eval;

/**
 * A stretch of tokens of one type: an entity, a chunk, a slot.
 *
 * @param type its type, say {@code PER}; empty for tags without types
 * @param start its first token, from 0
 * @param end the token after its last
 */
public record TagSpan(String type, int start, int end) {}
