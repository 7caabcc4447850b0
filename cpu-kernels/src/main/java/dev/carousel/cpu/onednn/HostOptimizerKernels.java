package dev.carousel.cpu.onednn;

import static dev.carousel.spi.OptimizerScalars.STEP;

import dev.carousel.cpu.fused.OptimizerOperands;
import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.OptimizerKernels;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * Updates in single precision, one pass over the flat buffers. They are bound by memory, of which
 * two cores read more than one, so blocks of fixed size go to whoever is free; what a block yields
 * and the order in which sums are added do not depend on that (rule R10).
 */
final class HostOptimizerKernels implements OptimizerKernels {
  /** Elements of a block: enough to pay for handing it over. */
  private static final int BLOCK = 32 * Pieces.SIZE;

  private final ThreadLocal<Pieces> pieces = ThreadLocal.withInitial(Pieces::new);
  private final int threads;

  /**
   * @param threads 1 for the calling thread alone, more for the common pool's as well
   */
  HostOptimizerKernels(int threads) {
    this.threads = threads;
  }

  private interface Block {
    void run(int from, int to);
  }

  /** Runs every block of {@code size} elements, in any order. */
  private void inBlocks(int size, Block block) {
    int blocks = (size + BLOCK - 1) / BLOCK;
    IntStream all = IntStream.range(0, blocks);
    (threads > 1 && blocks > 1 ? all.parallel() : all)
        .forEach(b -> block.run(b * BLOCK, Math.min(size, (b + 1) * BLOCK)));
  }

  @Override
  public void advance(Tensor scalars) {
    OptimizerOperands.scalars(scalars)[scalars.heapOffset() + STEP]++;
  }

  @Override
  public void globalNorm(Tensor gradients, Tensor scalars) {
    OptimizerOperands.writeNorm(sumOfSquares(gradients), scalars);
  }

  private double sumOfSquares(Tensor gradients) {
    gradients.require("gradients", DType.F32, gradients.shape().dims());
    float[] g = gradients.heap().floats();
    int at = gradients.heapOffset();
    int size = (int) gradients.size();
    double[] sums = new double[size / BLOCK + 1];
    inBlocks(size, (from, to) -> sums[from / BLOCK] = sumOfSquares(g, at + from, at + to));
    double sum = 0;
    for (double s : sums) {
      sum += s;
    }
    return sum;
  }

  /** Four sums side by side, so that an addition need not wait for the one before. */
  private static double sumOfSquares(float[] g, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      a += (double) g[i] * g[i];
      b += (double) g[i + 1] * g[i + 1];
      c += (double) g[i + 2] * g[i + 2];
      d += (double) g[i + 3] * g[i + 3];
    }
    for (; i < to; i++) {
      a += (double) g[i] * g[i];
    }
    return a + b + (c + d);
  }

  @Override
  public void adam(AdamUpdate io) {
    if (OptimizerOperands.mayUpdate(io)) {
      double[] s = OptimizerOperands.scalars(io.scalars());
      AdamStep step = new AdamStep(io, s, io.scalars().heapOffset());
      inBlocks((int) io.parameters().size(), (from, to) -> adam(io, step, pieces.get(), from, to));
    }
  }

  private static void adam(AdamUpdate io, AdamStep step, Pieces piece, int start, int end) {
    for (int from = start; from < end; from += Pieces.SIZE) {
      int n = Math.min(Pieces.SIZE, end - from);
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
    if (OptimizerOperands.mayUpdate(io)) {
      double[] s = OptimizerOperands.scalars(io.scalars());
      SgdStep step = new SgdStep(io, s, io.scalars().heapOffset());
      inBlocks((int) io.parameters().size(), (from, to) -> sgd(io, step, pieces.get(), from, to));
    }
  }

  private static void sgd(SgdUpdate io, SgdStep step, Pieces piece, int start, int end) {
    Tensor velocity = io.velocity();
    for (int from = start; from < end; from += Pieces.SIZE) {
      int n = Math.min(Pieces.SIZE, end - from);
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
}
