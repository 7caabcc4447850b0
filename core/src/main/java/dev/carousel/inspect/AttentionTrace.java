package dev.carousel.inspect;

/**
 * What one head of an attention layer looked at.
 *
 * @param layer what its parameters' names begin with
 * @param head from 0
 * @param weights [Q, T]: for each query how much it looked at each step; rows sum to 1, unless
 *     there was nothing to look at
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AttentionTrace(String layer, int head, float[][] weights) {}
