package dev.carousel.inspect;

/**
 * The mean norm of a layer's gradients over several texts.
 *
 * @param network what its parameters' names begin with
 * @param layer from 0
 * @param reading which way
 * @param norms at distance 0, 1, … from the last step that was read: the mean of |dL/dh| over the
 *     texts that are so long
 * @param texts how many these are, at each distance
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FlowCurve(String network, int layer, Reading reading, double[] norms, int[] texts) {}
