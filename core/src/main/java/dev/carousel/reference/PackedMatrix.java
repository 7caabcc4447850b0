package dev.carousel.reference;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.LinearWeights;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/** A linear layer's matrix in double, both ways round. */
final class PackedMatrix implements LinearWeights {
  private final Tensor master;
  private final Precision precision;
  private final Matrix matrix;
  private final Matrix transposed;

  PackedMatrix(Tensor master, Precision precision) {
    this.master = master;
    this.precision = precision;
    this.matrix = Matrix.allocate(master.shape().dim(0), master.shape().dim(1));
    this.transposed = Matrix.allocate(/* rows= */ matrix.cols(), /* cols= */ matrix.rows());
    refresh();
  }

  /**
   * The same, known to be this backend's.
   *
   * @throws IllegalArgumentException if another backend packed it
   */
  static PackedMatrix of(LinearWeights weights) {
    if (weights instanceof PackedMatrix own) {
      return own;
    }
    throw new IllegalArgumentException(
        "a matrix packed by the reference backend is needed, not "
            + weights.getClass().getSimpleName());
  }

  /** O. */
  int outputs() {
    return matrix.rows();
  }

  /** I. */
  int inputs() {
    return matrix.cols();
  }

  DType type() {
    return precision.storage();
  }

  /** W, [O, I]. */
  Matrix matrix() {
    return matrix;
  }

  /** Wᵀ, [I, O]. */
  Matrix transposed() {
    return transposed;
  }

  @Override
  public Tensor master() {
    return master;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public void refresh() {
    Reals.of("w", master).read(0, matrix.array(), 0, matrix.array().length);
    transposed.setTransposed(matrix);
  }

  @Override
  public void close() {
    // the garbage collector's
  }
}
