package dev.carousel.reference;

import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.spi.AttentionKernels;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;

/**
 * Attention, one row of the batch at a time. The row's parts of q, k and v are first copied out of
 * their time-major tensors; then the lines read like the equations.
 */
record ReferenceAttention(Workers workers, Gemm gemm, ThreadScratch scratch)
    implements AttentionKernels {
  @Override
  public void forward(AttentionForward io) {
    Sizes z = Sizes.of(io);
    Operands.disjoint("v", io.v(), "out", io.out());
    Operands.disjoint("q", io.q(), "out", io.out());
    workers.run(z.batch, z.operations(), n -> forward(io, z, n, io.keys().at(n)));
  }

  /** S = scale · Q Kᵀ, A = softmax(S), O = A V. */
  private void forward(AttentionForward io, Sizes z, int n, int keys) {
    Cursor free = new Cursor(scratch.take(z.scratch()));
    Matrix q = z.read("q", io.q(), n, free.take(z.queries, z.keySize));
    Matrix k = z.read("k", io.k(), n, free.take(keys, z.keySize));
    Matrix v = z.read("v", io.v(), n, free.take(keys, z.valueSize));
    Matrix transposed = free.take(z.keySize, keys);
    transposed.setTransposed(k);
    Matrix a = free.zeros(z.queries, keys);
    gemm.add(q, transposed, a);
    softmaxRows(a, io.scale());
    Matrix o = free.zeros(z.queries, z.valueSize);
    gemm.add(a, v, o);
    z.write("out", o, n, io.out());
    writeWeights(a, z, n, Reals.of("weights", io.weights()));
  }

  private static void softmaxRows(Matrix s, double scale) {
    double[] row = s.array();
    for (int i = 0; i < s.rows(); i++) {
      int at = s.row(i);
      double max = Double.NEGATIVE_INFINITY;
      for (int t = at; t < at + s.cols(); t++) {
        row[t] *= scale;
        max = Math.max(max, row[t]);
      }
      double sum = 0;
      for (int t = at; t < at + s.cols(); t++) {
        row[t] = Math.exp(row[t] - max);
        sum += row[t];
      }
      for (int t = at; t < at + s.cols(); t++) {
        row[t] /= sum;
      }
    }
  }

  private static void writeWeights(Matrix a, Sizes z, int n, Reals to) {
    for (int i = 0; i < z.queries; i++) {
      int at = (i * z.batch + n) * z.steps;
      to.write(at, a.array(), a.row(i), a.cols());
      to.fill(at + a.cols(), z.steps - a.cols(), 0);
    }
  }

  @Override
  public void backward(AttentionBackward io) {
    AttentionForward forward = io.forward();
    Sizes z = Sizes.of(forward);
    DType type = forward.q().type();
    io.dOut().require("dOut", type, forward.out().shape().dims());
    io.dq().require("dq", type, forward.q().shape().dims());
    io.dk().require("dk", type, forward.k().shape().dims());
    io.dv().require("dv", type, forward.v().shape().dims());
    workers.run(z.batch, 2 * z.operations(), n -> backward(io, z, n, forward.keys().at(n)));
  }

  /** dV = Aᵀ dO, dA = dO Vᵀ, dS = A ⊙ (dA − rowsum(A ⊙ dA)) · scale, dQ = dS K, dK = dSᵀ Q. */
  private void backward(AttentionBackward io, Sizes z, int n, int keys) {
    AttentionForward f = io.forward();
    Cursor free = new Cursor(scratch.take(z.scratch()));
    Matrix q = z.read("q", f.q(), n, free.take(z.queries, z.keySize));
    Matrix k = z.read("k", f.k(), n, free.take(keys, z.keySize));
    Matrix v = z.read("v", f.v(), n, free.take(keys, z.valueSize));
    Matrix dOut = z.read("dOut", io.dOut(), n, free.take(z.queries, z.valueSize));
    Matrix a = readWeights(z, n, Reals.of("weights", f.weights()), free.take(z.queries, keys));
    Matrix dv = free.zeros(keys, z.valueSize);
    gemm.addTransposed(a, dOut, dv);
    Matrix transposed = free.take(z.valueSize, keys);
    transposed.setTransposed(v);
    Matrix ds = free.zeros(z.queries, keys);
    gemm.add(dOut, transposed, ds);
    softmaxRowsBackward(a, ds, f.scale());
    Matrix dq = free.zeros(z.queries, z.keySize);
    gemm.add(ds, k, dq);
    Matrix dk = free.zeros(keys, z.keySize);
    gemm.addTransposed(ds, q, dk);
    z.write("dq", dq, n, io.dq());
    z.write("dk", dk, n, io.dk());
    z.write("dv", dv, n, io.dv());
  }

  private static Matrix readWeights(Sizes z, int n, Reals from, Matrix a) {
    for (int i = 0; i < z.queries; i++) {
      from.read((i * z.batch + n) * z.steps, a.array(), a.row(i), a.cols());
    }
    return a;
  }

  private static void softmaxRowsBackward(Matrix a, Matrix d, double scale) {
    for (int i = 0; i < a.rows(); i++) {
      double sum = 0;
      for (int t = 0; t < a.cols(); t++) {
        sum += a.array()[a.row(i) + t] * d.array()[d.row(i) + t];
      }
      for (int t = 0; t < a.cols(); t++) {
        int at = d.row(i) + t;
        d.array()[at] = scale * a.array()[a.row(i) + t] * (d.array()[at] - sum);
      }
    }
  }

  /** Cuts matrices off an array. */
  private static final class Cursor {
    private final double[] array;
    private int at;

    Cursor(double[] array) {
      this.array = array;
    }

    Matrix take(int rows, int cols) {
      Matrix m = Matrix.of(array, at, rows, cols);
      at += rows * cols;
      return m;
    }

    Matrix zeros(int rows, int cols) {
      Matrix m = take(rows, cols);
      Arrays.fill(array, m.at(), at, 0);
      return m;
    }
  }

  /** Q, T, N, K and C of one call, and the ways between a row of the batch and a matrix. */
  private record Sizes(int queries, int steps, int batch, int keySize, int valueSize) {
    static Sizes of(AttentionForward io) {
      if (io.q().shape().rank() != 3 || io.v().shape().rank() != 3) {
        throw new IllegalArgumentException(
            "q and v must have shapes [Q, N, K] and [T, N, C], not %s and %s"
                .formatted(io.q().shape(), io.v().shape()));
      }
      Sizes z =
          new Sizes(
              io.q().shape().dim(0),
              io.keys().maxSteps(),
              io.keys().batch(),
              io.q().shape().dim(2),
              io.v().shape().dim(2));
      DType type = io.q().type();
      io.q().require("q", type, z.queries, z.batch, z.keySize);
      io.k().require("k", type, z.steps, z.batch, z.keySize);
      io.v().require("v", type, z.steps, z.batch, z.valueSize);
      io.weights().require("weights", type, z.queries, z.batch, z.steps);
      io.out().require("out", type, z.queries, z.batch, z.valueSize);
      return z;
    }

    double operations() {
      return 2.0 * batch * queries * steps * (keySize + valueSize);
    }

    /** Doubles that one row of the batch needs, in the larger of the two directions. */
    long scratch() {
      long ofQueries = (long) queries * (2L * keySize + valueSize + 2L * steps);
      long ofKeys = (long) steps * (2L * keySize + 3L * valueSize);
      return ofQueries + ofKeys;
    }

    Matrix read(String name, Tensor t, int n, Matrix to) {
      Reals from = Reals.of(name, t);
      for (int s = 0; s < to.rows(); s++) {
        from.read((s * batch + n) * to.cols(), to.array(), to.row(s), to.cols());
      }
      return to;
    }

    /** Writes the steps that {@code from} has, and zeros after them. */
    void write(String name, Matrix from, int n, Tensor t) {
      Reals to = Reals.of(name, t);
      for (int s = 0; s < t.shape().dim(0); s++) {
        int at = (s * batch + n) * from.cols();
        if (s < from.rows()) {
          to.write(at, from.array(), from.row(s), from.cols());
        } else {
          to.fill(at, from.cols(), 0);
        }
      }
    }
  }
}
