package dev.carousel.cpu.fused;

import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearWeights;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Checks of a linear layer's operands in F32, before a kernel touches anything. */
public final class LinearOperands {
  private LinearOperands() {}

  /** Requires x [..., I], y [..., O] with as many rows, and a bias [O] or none. */
  public static void require(LinearWeights w, Tensor x, @Nullable Tensor bias, Tensor y) {
    Shape matrix = w.master().shape();
    requireRows("x", x, matrix.dim(1), x.shape());
    requireRows("y", y, matrix.dim(0), x.shape());
    if (bias != null) {
      bias.require("bias", DType.F32, matrix.dim(0));
    }
    Overlap.requireNone("x", x, "y", y);
  }

  /** Requires the shapes of backward. */
  public static void require(LinearBackward io) {
    Shape matrix = io.w().master().shape();
    Shape x = io.x().shape();
    requireRows("x", io.x(), matrix.dim(1), x);
    requireRows("dy", io.dy(), matrix.dim(0), x);
    if (io.dx() != null) {
      requireRows("dx", io.dx(), matrix.dim(1), x);
      Overlap.requireNone("dy", io.dy(), "dx", io.dx());
      Overlap.requireNone("x", io.x(), "dx", io.dx());
    }
    if (io.dw() != null) {
      io.dw().require("dw", DType.F32, matrix.dims());
    }
    if (io.dBias() != null) {
      io.dBias().require("dBias", DType.F32, matrix.dim(0));
    }
  }

  /** Checks the last axis, and that the number of rows is that of x. */
  private static void requireRows(String name, Tensor t, int columns, Shape x) {
    Shape shape = t.shape();
    if (t.type() != DType.F32) {
      throw new IllegalArgumentException(name + " must be F32, not " + t.type());
    }
    if (shape.rank() < 1 || shape.dim(-1) != columns || shape.rows() != x.rows()) {
      throw new IllegalArgumentException(
          "%s must have shape [..., %d] with %d rows, not %s"
              .formatted(name, columns, x.rows(), shape));
    }
  }
}
