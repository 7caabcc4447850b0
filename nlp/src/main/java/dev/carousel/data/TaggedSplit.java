package dev.carousel.data;

/**
 * Tagged sentences in two parts.
 *
 * @param train what to learn from
 * @param heldOut what to select by or to measure on
 */
public record TaggedSplit(TaggedData train, TaggedData heldOut) {}
