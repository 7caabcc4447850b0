package dev.carousel.reference;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearKernels;
import dev.carousel.spi.LinearWeights;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code y = x Wᵀ + b} by blocks of rows, which threads share: rows of x for y and dx, rows of W
 * for dW.
 */
record ReferenceLinear(Workers workers, Gemm gemm, ThreadScratch scratch) implements LinearKernels {
  private static final int BLOCK = 32;

  @Override
  public LinearWeights pack(Tensor w, Precision precision) {
    ReferenceRnn.requirePrecision(precision);
    if (w.shape().rank() != 2) {
      throw new IllegalArgumentException("w must have shape [O, I], not " + w.shape());
    }
    w.require("w", precision.storage(), w.shape().dims());
    return new PackedMatrix(w, precision);
  }

  @Override
  public void forward(Tensor x, LinearWeights w, @Nullable Tensor bias, Tensor y) {
    PackedMatrix packed = PackedMatrix.of(w);
    int rows = requireFits(packed, x, "y", y);
    Operands.disjoint("x", x, "y", y);
    int in = packed.inputs();
    int out = packed.outputs();
    if (bias != null) {
      bias.require("bias", packed.type(), out);
    }
    Reals b = bias == null ? null : Reals.of("bias", bias);
    Reals xs = Reals.of("x", x);
    Reals ys = Reals.of("y", y);
    forBlocks(
        rows,
        2.0 * rows * in * out,
        (from, n) -> {
          ThreadScratch.Room room = scratch.take((long) n * (in + out));
          Matrix left = read(xs, from, room.matrix(n, in));
          Matrix sum = room.matrix(n, out);
          startRows(b, sum);
          gemm.add(left, packed.transposed(), sum);
          ys.write(from * out, sum.array(), sum.at(), n * out);
        });
  }

  @Override
  public void backward(LinearBackward io) {
    PackedMatrix w = PackedMatrix.of(io.w());
    int rows = requireFits(w, io.x(), "dy", io.dy());
    Tensor dx = io.dx();
    if (dx != null) {
      dx.require("dx", w.type(), io.x().shape().dims());
      Operands.disjoint("dy", io.dy(), "dx", dx);
      inputGradient(w, rows, io.dy(), dx);
    }
    Tensor dw = io.dw();
    if (dw != null) {
      dw.require("dw", w.type(), w.outputs(), w.inputs());
      weightGradient(w, rows, io, dw);
    }
    Tensor dBias = io.dBias();
    if (dBias != null) {
      dBias.require("dBias", w.type(), w.outputs());
      biasGradient(w, rows, io.dy(), dBias);
    }
  }

  /** Checks x and what has the shape of y; returns the number of rows. */
  private static int requireFits(PackedMatrix w, Tensor x, String name, Tensor y) {
    DType type = w.type();
    Operands.leading(x);
    int[] dims = x.shape().dims();
    dims[dims.length - 1] = w.inputs();
    x.require("x", type, dims);
    dims[dims.length - 1] = w.outputs();
    y.require(name, type, dims);
    return x.shape().rows();
  }

  private static void startRows(@Nullable Reals bias, Matrix sum) {
    sum.fill(0);
    if (bias != null) {
      for (int r = 0; r < sum.rows(); r++) {
        bias.read(0, sum.array(), sum.row(r), sum.cols());
      }
    }
  }

  /** {@code dx = dy W}. */
  private void inputGradient(PackedMatrix w, int rows, Tensor dy, Tensor dx) {
    int in = w.inputs();
    int out = w.outputs();
    Reals dys = Reals.of("dy", dy);
    Reals dxs = Reals.of("dx", dx);
    forBlocks(
        rows,
        2.0 * rows * in * out,
        (from, n) -> {
          ThreadScratch.Room room = scratch.take((long) n * (in + out));
          Matrix left = read(dys, from, room.matrix(n, out));
          Matrix sum = room.zeros(n, in);
          gemm.add(left, w.matrix(), sum);
          dxs.write(from * in, sum.array(), sum.at(), n * in);
        });
  }

  /** {@code dW += dyᵀ x}. */
  private void weightGradient(PackedMatrix w, int rows, LinearBackward io, Tensor dw) {
    int in = w.inputs();
    int out = w.outputs();
    Reals dys = Reals.of("dy", io.dy());
    Reals xs = Reals.of("x", io.x());
    Reals sums = Reals.of("dw", dw);
    forBlocks(
        out,
        2.0 * rows * in * out,
        (unit, n) -> {
          ThreadScratch.Room room = scratch.take((long) n * in + (long) BLOCK * (in + n));
          Matrix sum = room.zeros(n, in);
          Matrix x = room.matrix(BLOCK, in);
          Matrix dy = room.matrix(BLOCK, n);
          for (int from = 0; from < rows; from += BLOCK) {
            int count = Math.min(BLOCK, rows - from);
            x.place(x.array(), x.at(), count, in);
            dy.place(dy.array(), dy.at(), count, n);
            read(xs, from, x);
            for (int r = 0; r < count; r++) {
              dys.read((from + r) * out + unit, dy.array(), dy.row(r), n);
            }
            gemm.addTransposed(dy, x, sum);
          }
          sums.addAll(unit * in, sum.array(), sum.at(), n * in);
        });
  }

  /** {@code db += Σ dy}. */
  private void biasGradient(PackedMatrix w, int rows, Tensor dy, Tensor dBias) {
    int out = w.outputs();
    Reals dys = Reals.of("dy", dy);
    double[] a = scratch.take(2L * out).array();
    Arrays.fill(a, 0, out, 0);
    for (int r = 0; r < rows; r++) {
      dys.read(r * out, a, out, out);
      for (int o = 0; o < out; o++) {
        a[o] += a[out + o];
      }
    }
    Reals.of("dBias", dBias).addAll(0, a, 0, out);
  }

  /** Fills a matrix with the rows from {@code row} on. */
  private static Matrix read(Reals from, int row, Matrix to) {
    from.read(row * to.cols(), to.array(), to.at(), to.rows() * to.cols());
    return to;
  }

  /** A task for some rows from one on. */
  private interface RowTask {
    void run(int from, int count);
  }

  private void forBlocks(int rows, double operations, RowTask task) {
    workers.run(
        (rows + BLOCK - 1) / BLOCK,
        operations,
        b -> task.run(b * BLOCK, Math.min(BLOCK, rows - b * BLOCK)));
  }
}
