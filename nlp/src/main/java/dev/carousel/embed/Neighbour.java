package dev.carousel.embed;

/**
 * A word beside another.
 *
 * @param word the word
 * @param cosine of the angle between their vectors, −1 to 1
 */
public record Neighbour(String word, double cosine) {}
