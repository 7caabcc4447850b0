package dev.carousel.cuda;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.LinearWeights;
import dev.carousel.tensor.Tensor;

/** The matrix itself: cuBLASLt reads it where it lies, so there is nothing to refresh. */
record CudaLinearWeights(Tensor master, Precision precision) implements LinearWeights {
  @Override
  public void refresh() {
    // the kernels read the matrix itself
  }

  @Override
  public void close() {
    // the caller's memory
  }
}
