package dev.carousel.reference;

import static dev.carousel.spi.OptimizerScalars.FACTOR;
import static dev.carousel.spi.OptimizerScalars.MAX_NORM;
import static dev.carousel.spi.OptimizerScalars.NORM;
import static dev.carousel.spi.OptimizerScalars.SIZE;
import static dev.carousel.spi.OptimizerScalars.SKIPPED;
import static dev.carousel.spi.OptimizerScalars.STEP;

import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.OptimizerKernels;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/**
 * Updates in pieces of a flat buffer: each is read into doubles, updated by loops that the compiler
 * vectorises, and written back.
 */
record ReferenceOptimizer(Workers workers, ThreadScratch scratch) implements OptimizerKernels {
  /** Elements of a piece; a few such arrays fit the first-level cache. */
  private static final int PIECE = 1024;

  /** Pieces that are one task. */
  private static final int PIECES = 64;

  @Override
  public void advance(Tensor scalars) {
    scalars(scalars).add(STEP, 1);
  }

  @Override
  public void globalNorm(Tensor gradients, Tensor scalars) {
    Reals out = scalars(scalars);
    Reals g = Reals.of("gradients", gradients);
    int size = (int) gradients.size();
    int tasks = tasks(size);
    double[] sums = scratch.take(tasks).array();
    workers.run(tasks, 2.0 * size, i -> sums[i] = squares(g, i, size));
    double sum = 0;
    for (int i = 0; i < tasks; i++) {
      sum += sums[i];
    }
    double norm = Math.sqrt(sum);
    double largest = out.get(MAX_NORM);
    out.set(NORM, norm);
    out.set(FACTOR, norm > largest ? largest / norm : 1);
    if (!Double.isFinite(norm)) {
      out.add(SKIPPED, 1);
    }
  }

  /** Σ g² of one task's elements, in four interleaved sums, which is quicker than in one. */
  private static double squares(Reals g, int task, int size) {
    int from = task * PIECE * PIECES;
    int end = (int) Math.min(size, (long) from + PIECE * PIECES);
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 4 <= end; i += 4) {
      a += g.get(i) * g.get(i);
      b += g.get(i + 1) * g.get(i + 1);
      c += g.get(i + 2) * g.get(i + 2);
      d += g.get(i + 3) * g.get(i + 3);
    }
    for (; i < end; i++) {
      a += g.get(i) * g.get(i);
    }
    return a + b + (c + d);
  }

  @Override
  public void adam(AdamUpdate io) {
    Tensor p = io.parameters();
    int[] dims = p.shape().dims();
    io.gradients().require("gradients", p.type(), dims);
    io.m().require("m", p.type(), dims);
    io.v().require("v", p.type(), dims);
    Reals scalars = scalars(io.scalars());
    if (Double.isFinite(scalars.get(NORM))) {
      AdamRule rule = new AdamRule(io, scalars);
      forPieces((int) p.size(), 12, 4, rule::update);
    }
  }

  @Override
  public void sgd(SgdUpdate io) {
    Tensor p = io.parameters();
    int[] dims = p.shape().dims();
    io.gradients().require("gradients", p.type(), dims);
    Tensor velocity = io.velocity();
    if (velocity != null) {
      velocity.require("velocity", p.type(), dims);
    } else if (io.momentum() != 0) {
      throw new IllegalArgumentException(
          "momentum " + io.momentum() + " needs a velocity of shape " + p.shape());
    }
    Reals scalars = scalars(io.scalars());
    if (Double.isFinite(scalars.get(NORM))) {
      SgdRule rule = new SgdRule(io, scalars);
      forPieces((int) p.size(), 6, 3, rule::update);
    }
  }

  private static Reals scalars(Tensor scalars) {
    return Reals.of("scalars", scalars.require("scalars", DType.F64, SIZE));
  }

  private static int tasks(int size) {
    return (int) (((long) size + PIECE * PIECES - 1) / (PIECE * PIECES));
  }

  /** Updates {@code count} elements from {@code from} on. */
  private interface Update {
    /**
     * Runs it.
     *
     * @param buffer room for as many pieces as were asked for, {@code stride} elements each
     */
    void run(double[] buffer, int stride, int from, int count);
  }

  private void forPieces(int size, double operationsEach, int buffers, Update update) {
    workers.run(
        tasks(size),
        operationsEach * size,
        task -> {
          double[] buffer = scratch.take((long) buffers * PIECE).array();
          for (int i = 0; i < PIECES; i++) {
            int from = (task * PIECES + i) * PIECE;
            if (from < size) {
              update.run(buffer, PIECE, from, Math.min(PIECE, size - from));
            }
          }
        });
  }
}
