package dev.carousel.onednn;

import static dev.carousel.spi.OptimizerScalars.FACTOR;
import static dev.carousel.spi.OptimizerScalars.MAX_NORM;
import static dev.carousel.spi.OptimizerScalars.NORM;
import static dev.carousel.spi.OptimizerScalars.SIZE;
import static dev.carousel.spi.OptimizerScalars.STEP;

import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.OptimizerKernels;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/**
 * Updates in single precision, one pass over the flat buffers on the calling thread: they are bound
 * by memory. The order of every sum is fixed (rule R10).
 */
final class HostOptimizerKernels implements OptimizerKernels {
  private final ThreadLocal<Pieces> pieces = ThreadLocal.withInitial(Pieces::new);

  @Override
  public void advance(Tensor scalars) {
    scalars(scalars)[scalars.heapOffset() + STEP]++;
  }

  @Override
  public void globalNorm(Tensor gradients, Tensor scalars) {
    double[] s = scalars(scalars);
    int at = scalars.heapOffset();
    double norm = Math.sqrt(sumOfSquares(gradients));
    double largest = s[at + MAX_NORM];
    s[at + NORM] = norm;
    s[at + FACTOR] = norm > largest ? largest / norm : 1;
  }

  /** Four sums side by side, so that an addition need not wait for the one before. */
  private static double sumOfSquares(Tensor gradients) {
    gradients.require("gradients", DType.F32, gradients.shape().dims());
    float[] g = gradients.heap().floats();
    int end = gradients.heapOffset() + (int) gradients.size();
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = gradients.heapOffset();
    for (; i + 4 <= end; i += 4) {
      a += (double) g[i] * g[i];
      b += (double) g[i + 1] * g[i + 1];
      c += (double) g[i + 2] * g[i + 2];
      d += (double) g[i + 3] * g[i + 3];
    }
    for (; i < end; i++) {
      a += (double) g[i] * g[i];
    }
    return a + b + (c + d);
  }

  @Override
  public void adam(AdamUpdate io) {
    Tensor p = io.parameters();
    requireAlike(p, "gradients", io.gradients());
    requireAlike(p, "m", io.m());
    requireAlike(p, "v", io.v());
    double[] s = scalars(io.scalars());
    int at = io.scalars().heapOffset();
    if (Double.isFinite(s[at + NORM])) {
      adam(io, new AdamStep(io, s, at), pieces.get());
    }
  }

  private static void adam(AdamUpdate io, AdamStep step, Pieces piece) {
    int size = (int) io.parameters().size();
    for (int from = 0; from < size; from += Pieces.SIZE) {
      int n = Math.min(Pieces.SIZE, size - from);
      piece.read(0, io.parameters(), from, n);
      piece.read(1, io.gradients(), from, n);
      piece.read(2, io.m(), from, n);
      piece.read(3, io.v(), from, n);
      step.update(piece.array(0), piece.array(1), piece.array(2), piece.array(3), n);
      piece.write(0, io.parameters(), from, n);
      piece.write(2, io.m(), from, n);
      piece.write(3, io.v(), from, n);
    }
  }

  @Override
  public void sgd(SgdUpdate io) {
    Tensor p = io.parameters();
    requireAlike(p, "gradients", io.gradients());
    Tensor velocity = io.velocity();
    if (velocity != null) {
      requireAlike(p, "velocity", velocity);
    } else if (io.momentum() != 0) {
      throw new IllegalArgumentException(
          "momentum " + io.momentum() + " needs a velocity of shape " + p.shape());
    }
    double[] s = scalars(io.scalars());
    int at = io.scalars().heapOffset();
    if (Double.isFinite(s[at + NORM])) {
      sgd(io, new SgdStep(io, s, at), pieces.get());
    }
  }

  private static void sgd(SgdUpdate io, SgdStep step, Pieces piece) {
    int size = (int) io.parameters().size();
    Tensor velocity = io.velocity();
    for (int from = 0; from < size; from += Pieces.SIZE) {
      int n = Math.min(Pieces.SIZE, size - from);
      piece.read(0, io.parameters(), from, n);
      piece.read(1, io.gradients(), from, n);
      if (velocity == null) {
        step.update(piece.array(0), piece.array(1), n);
      } else {
        piece.read(2, velocity, from, n);
        step.update(piece.array(0), piece.array(1), piece.array(2), n);
        piece.write(2, velocity, from, n);
      }
      piece.write(0, io.parameters(), from, n);
    }
  }

  private static void requireAlike(Tensor parameters, String name, Tensor t) {
    int[] dims = parameters.shape().dims();
    parameters.require("parameters", DType.F32, dims);
    t.require(name, DType.F32, dims);
  }

  private static double[] scalars(Tensor t) {
    return t.require("scalars", DType.F64, SIZE).heap().doubles();
  }
}
