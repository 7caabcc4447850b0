package dev.carousel.tune;

/**
 * A stage of a search.
 *
 * @param epochs up to which its trials are trained, counted from their beginning
 * @param trials how many the best of the stage before may go on
 */
public record Rung(int epochs, int trials) {}
