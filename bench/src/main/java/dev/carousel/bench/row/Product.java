package dev.carousel.bench.row;

/**
 * A matrix product of a row: C[M, N] = A[M, K] · B[K, N], so many times a call.
 *
 * @param m M
 * @param n N
 * @param k K
 * @param times how often
 * @param operand what B is
 */
public record Product(int m, int n, int k, int times, Operand operand) {
  /** What the second operand is. */
  public enum Operand {
    /** A weight: the same over many products, so it may be packed beforehand. */
    WEIGHT,
    /** An activation: the product is Aᵀ · B over all tokens, a weight's gradient. */
    ACTIVATION
  }

  /** Multiplications and additions of all of them. */
  public double flops() {
    return 2.0 * m * n * k * times;
  }
}
