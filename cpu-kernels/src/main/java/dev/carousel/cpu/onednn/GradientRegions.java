package dev.carousel.cpu.onednn;

import java.util.List;

/**
 * Where the gradients of the layers' inputs and outputs lie while backward walks down; offsets in
 * bytes from the start of the work space. With one direction a layer writes the gradient of its
 * input where the layer below reads that of its output; with two they are joined by a copy.
 */
final class GradientRegions {
  private final int directions;
  private final long[][] inputs = new long[2][2];
  private final long[] outputs = new long[2];

  GradientRegions(Regions regions, List<LayerKernels> layers, int directions) {
    this.directions = directions;
    long largest = 0;
    for (LayerKernels k : layers) {
      long rowBytes = (long) k.shape().outputPitch() * NativeType.F32.bytes();
      largest = Math.max(largest, k.layouts().dx.bytes());
      largest = Math.max(largest, k.layouts().dy.bytes() + rowBytes);
    }
    for (long[] turn : inputs) {
      for (int d = 0; d < directions; d++) {
        turn[d] = regions.take(largest);
      }
    }
    for (int d = 0; d < directions && directions == 2; d++) {
      outputs[d] = regions.take(largest);
    }
  }

  /** The gradient of the input of a layer, for one direction. */
  long input(int layer, int direction) {
    return inputs[layer & 1][direction];
  }

  /** The gradient of the output of a layer, for one direction. */
  long output(int layer, int direction) {
    return directions == 2 ? outputs[direction] : inputs[(layer + 1) & 1][0];
  }
}
