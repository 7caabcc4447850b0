package dev.carousel.cuda;

import dev.carousel.rnn.Precision;

/**
 * The calls to cuBLASLt that the backend makes. Matrices are column-major and dense: {@code C =
 * op(A) op(B)}, with m rows, n columns and k terms.
 */
interface Blas extends AutoCloseable {
  /** What is added to a product. */
  enum Addition {
    /** Nothing. */
    NONE,
    /** What C held before. */
    OUTPUT,
    /** A vector of m elements to every column. */
    BIAS
  }

  /**
   * All that decides which implementation is chosen.
   *
   * @param transposeA whether op(A) is Aᵀ
   * @param transposeB whether op(B) is Bᵀ
   * @param alignment bytes that divide the addresses of all operands, a power of two up to 256
   */
  record Problem(
      int m,
      int n,
      int k,
      boolean transposeA,
      boolean transposeB,
      Precision precision,
      Addition addition,
      int alignment) {}

  /** A product prepared for one problem. */
  interface Product extends AutoCloseable {
    /**
     * Starts it.
     *
     * @param bias address of the vector, 0 for none
     */
    void run(long a, long b, long c, long bias);

    @Override
    void close();
  }

  /** Chooses an implementation. */
  Product prepare(Problem problem);

  /** Its version, for example 13.0. */
  CudaVersion version();

  @Override
  void close();
}
