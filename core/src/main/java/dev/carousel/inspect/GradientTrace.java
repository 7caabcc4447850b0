package dev.carousel.inspect;

/**
 * How much the state of one direction of one recurrent layer mattered, step by step.
 *
 * @param network what its parameters' names begin with
 * @param layer from 0
 * @param reading which way
 * @param norms |dL/dh[t]|, [T], of the whole derivative: by way of this step's output and of all
 *     later steps; in the order of the text
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record GradientTrace(String network, int layer, Reading reading, double[] norms) {
  /** The norm so many steps before the last one that was read, 0 to T − 1. */
  public double atDistance(int distance) {
    return norms[reading.step(norms.length - 1 - distance, norms.length)];
  }
}
