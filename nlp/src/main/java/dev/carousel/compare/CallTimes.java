package dev.carousel.compare;

/**
 * Medians over several calls.
 *
 * @param forwardMillis of an inference, in milliseconds
 * @param trainingMillis of forward and backward, in milliseconds
 */
public record CallTimes(double forwardMillis, double trainingMillis) {}
