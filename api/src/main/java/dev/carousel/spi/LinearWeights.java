package dev.carousel.spi;

import dev.carousel.rnn.Precision;
import dev.carousel.tensor.Tensor;

/** A matrix [O, I] as the kernels read it; see {@link RnnWeights} for when to refresh. */
public interface LinearWeights extends AutoCloseable {
  /** The matrix it was made from, [O, I]. */
  Tensor master();

  /** The arithmetic it was made for. */
  Precision precision();

  /** Reads the matrix again. */
  void refresh();

  @Override
  void close();
}
