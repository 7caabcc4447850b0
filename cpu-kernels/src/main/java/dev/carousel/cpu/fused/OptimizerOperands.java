package dev.carousel.cpu.fused;

import static dev.carousel.spi.OptimizerScalars.FACTOR;
import static dev.carousel.spi.OptimizerScalars.MAX_NORM;
import static dev.carousel.spi.OptimizerScalars.NORM;
import static dev.carousel.spi.OptimizerScalars.SIZE;
import static dev.carousel.spi.OptimizerScalars.SKIPPED;

import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.OptimizerScalars;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/** Operands of updates in single precision: their checks, and the scalars they share. */
public final class OptimizerOperands {
  private OptimizerOperands() {}

  /** The array behind {@link OptimizerScalars}, checked; its first element is at the offset. */
  public static double[] scalars(Tensor t) {
    return t.require("scalars", DType.F64, SIZE).heap().doubles();
  }

  /** Writes what follows from the gradients' sum of squares. */
  public static void writeNorm(double sumOfSquares, Tensor scalars) {
    double[] s = scalars(scalars);
    int at = scalars.heapOffset();
    double norm = Math.sqrt(sumOfSquares);
    double largest = s[at + MAX_NORM];
    s[at + NORM] = norm;
    s[at + FACTOR] = norm > largest ? largest / norm : 1;
    if (!Double.isFinite(norm)) {
      s[at + SKIPPED]++;
    }
  }

  /** Whether the norm is one to update by; requires all buffers to be like the parameters. */
  public static boolean mayUpdate(AdamUpdate io) {
    requireAlike(io.parameters(), "gradients", io.gradients());
    requireAlike(io.parameters(), "m", io.m());
    requireAlike(io.parameters(), "v", io.v());
    return hasFiniteNorm(io.scalars());
  }

  /** The same, and that there is a velocity if there is momentum. */
  public static boolean mayUpdate(SgdUpdate io) {
    requireAlike(io.parameters(), "gradients", io.gradients());
    if (io.velocity() != null) {
      requireAlike(io.parameters(), "velocity", io.velocity());
    } else if (io.momentum() != 0) {
      throw new IllegalArgumentException(
          "momentum " + io.momentum() + " needs a velocity of shape " + io.parameters().shape());
    }
    return hasFiniteNorm(io.scalars());
  }

  private static boolean hasFiniteNorm(Tensor scalars) {
    return Double.isFinite(scalars(scalars)[scalars.heapOffset() + NORM]);
  }

  private static void requireAlike(Tensor parameters, String name, Tensor t) {
    int[] dims = parameters.shape().dims();
    parameters.require("parameters", DType.F32, dims);
    t.require(name, DType.F32, dims);
  }
}
