package dev.carousel.cpu.fused;

import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/** A loss as kernels hand it out: [2], the sum and what it is divided by for a mean. */
final class LossResult {
  private LossResult() {}

  /** Checks the tensor before anything is written. */
  static void require(Tensor loss) {
    if (!loss.shape().is(2)) {
      throw new IllegalArgumentException("loss must have shape [2], not " + loss.shape());
    }
    if (loss.type() != DType.F32 && loss.type() != DType.F64) {
      throw new IllegalArgumentException("loss must be F32 or F64, not " + loss.type());
    }
  }

  static void write(Tensor loss, double sum, double weight) {
    int at = loss.heapOffset();
    if (loss.type() == DType.F64) {
      loss.heap().doubles()[at] = sum;
      loss.heap().doubles()[at + 1] = weight;
    } else {
      loss.heap().floats()[at] = (float) sum;
      loss.heap().floats()[at + 1] = (float) weight;
    }
  }
}
