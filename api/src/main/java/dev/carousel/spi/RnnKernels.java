package dev.carousel.spi;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.tensor.Tensor;

/** Fused recurrent layers. */
public interface RnnKernels {
  /**
   * The form of the weights that this backend's kernels read, made once from the flat buffer and
   * shared by all plans and threads. The caller closes it.
   *
   * @param weights the flat buffer, [layout size], of the precision's storage type; it is kept, and
   *     read again by {@link RnnWeights#refresh}
   * @throws UnsupportedSpecException if this backend cannot run {@code spec}
   */
  RnnWeights pack(RnnSpec spec, Tensor weights);

  /**
   * All that is expensive to make for one shape. The caller closes it.
   *
   * @param steps T, at least 1
   * @param batch N, at least 1
   * @throws UnsupportedSpecException if this backend cannot run {@code spec}
   */
  RnnPlan plan(RnnSpec spec, int steps, int batch, Pass pass);
}
