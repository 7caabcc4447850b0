package dev.carousel.decode;

/**
 * How likely each token is to be the next one of each row, [rows, V], where a model computed it.
 * Whoever asked may change it until the model is asked again.
 *
 * @param values holds it
 * @param from where the first row begins
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Probabilities(float[] values, int from) {}
