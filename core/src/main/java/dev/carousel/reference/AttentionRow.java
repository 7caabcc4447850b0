package dev.carousel.reference;

import dev.carousel.rnn.Lengths;
import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;

/**
 * Attention for one row of the batch at a time. Its parts of q, k and v are first copied out of
 * their time-major tensors; then the lines read like the equations. How a query and a key are
 * scored is the subclass's. Letters as in {@link dev.carousel.spi.AttentionKernels}.
 */
abstract sealed class AttentionRow permits DotAttentionRow, AdditiveAttentionRow {
  private final Gemm gemm;
  private final ThreadScratch scratch;
  private final Lengths lengths;
  private final double scale;
  private final int queries;
  private final int steps;
  private final int batch;
  private final int keySize;
  private final int valueSize;
  private final Reals q;
  private final Reals k;
  private final Reals v;
  private final Reals weights;
  private final Reals out;
  private Gradients gradients;

  /** The tensors that only backward has. */
  private record Gradients(Reals dOut, Reals dq, Reals dk, Reals dv) {}

  AttentionRow(Gemm gemm, ThreadScratch scratch, AttentionForward io) {
    this.gemm = gemm;
    this.scratch = scratch;
    this.lengths = io.keys();
    this.scale = io.scale();
    Shape ofQ = io.q().shape();
    Shape ofV = io.v().shape();
    if (ofQ.rank() != 3 || ofV.rank() != 3) {
      throw new IllegalArgumentException(
          "q and v must have shapes [Q, N, K] and [T, N, C], not %s and %s".formatted(ofQ, ofV));
    }
    queries = ofQ.dim(0);
    steps = lengths.maxSteps();
    batch = lengths.batch();
    keySize = ofQ.dim(2);
    valueSize = ofV.dim(2);
    DType type = io.q().type();
    q = Reals.of("q", io.q().require("q", type, queries, batch, keySize));
    k = Reals.of("k", io.k().require("k", type, steps, batch, keySize));
    v = Reals.of("v", io.v().require("v", type, steps, batch, valueSize));
    weights = Reals.of("weights", io.weights().require("weights", type, queries, batch, steps));
    out = Reals.of("out", io.out().require("out", type, queries, batch, valueSize));
    gradients = new Gradients(out, q, k, v);
  }

  /** Checks and keeps what backward has beside the operands of forward. */
  final void takeGradients(AttentionBackward io) {
    AttentionForward f = io.forward();
    gradients =
        new Gradients(
            like("dOut", io.dOut(), f.out()),
            like("dq", io.dq(), f.q()),
            like("dk", io.dk(), f.k()),
            like("dv", io.dv(), f.v()));
  }

  private static Reals like(String name, Tensor t, Tensor other) {
    return Reals.of(name, t.require(name, other.type(), other.shape().dims()));
  }

  /** Floating-point operations of one score. */
  abstract double scoreOperations();

  /** Doubles that the scores of one row need beside what all attention needs. */
  abstract long scoreScratch();

  /**
   * Adds the scores of queries and keys, before they are scaled.
   *
   * @param q [Q, K]
   * @param k [keys, K]
   * @param s added to, [Q, keys]
   */
  abstract void scores(ThreadScratch.Room room, Matrix q, Matrix k, Matrix s);

  /** Hands the gradient of the scores on, in the end with {@link #writeGradients}. */
  abstract void scoresBackward(int n, ThreadScratch.Room room, Matrix q, Matrix k, Matrix ds);

  /** K. */
  final int keySize() {
    return keySize;
  }

  /** Floating-point operations of forward for the whole batch. */
  final double operations() {
    return (double) batch * queries * steps * (scoreOperations() + 2.0 * valueSize);
  }

  /** Doubles that one row needs, in the larger of the two directions. */
  private long scratchSize() {
    long ofQueries = (long) queries * (2L * keySize + valueSize + 2L * steps);
    long ofKeys = (long) steps * (2L * keySize + 3L * valueSize);
    return ofQueries + ofKeys + scoreScratch();
  }

  /** S = scale · score(Q, K), A = softmax(S), O = A V. */
  final void forward(int n) {
    int keys = lengths.at(n);
    ThreadScratch.Room room = scratch.take(scratchSize());
    Matrix mq = read(q, n, room.matrix(queries, keySize));
    Matrix mk = read(k, n, room.matrix(keys, keySize));
    Matrix mv = read(v, n, room.matrix(keys, valueSize));
    Matrix a = room.zeros(queries, keys);
    scores(room, mq, mk, a);
    softmaxRows(a);
    Matrix mo = room.zeros(queries, valueSize);
    gemm.add(a, mv, mo);
    write(mo, n, out, queries);
    writeWeights(a, n);
  }

  private void softmaxRows(Matrix s) {
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

  /** dV = Aᵀ dO, dA = dO Vᵀ, dS = A ⊙ (dA − rowsum(A ⊙ dA)) · scale. */
  final void backward(int n) {
    int keys = lengths.at(n);
    ThreadScratch.Room room = scratch.take(scratchSize());
    Matrix mq = read(q, n, room.matrix(queries, keySize));
    Matrix mk = read(k, n, room.matrix(keys, keySize));
    Matrix mv = read(v, n, room.matrix(keys, valueSize));
    Matrix dOut = read(gradients.dOut, n, room.matrix(queries, valueSize));
    Matrix a = readWeights(n, room.matrix(queries, keys));
    Matrix dv = room.zeros(keys, valueSize);
    gemm.addTransposed(a, dOut, dv);
    Matrix transposed = room.matrix(valueSize, keys);
    transposed.setTransposed(mv);
    Matrix ds = room.zeros(queries, keys);
    gemm.add(dOut, transposed, ds);
    softmaxRowsBackward(a, ds);
    write(dv, n, gradients.dv, steps);
    scoresBackward(n, room, mq, mk, ds);
  }

  /** Writes the gradients of one row's queries and keys. */
  final void writeGradients(int n, Matrix dq, Matrix dk) {
    write(dq, n, gradients.dq, queries);
    write(dk, n, gradients.dk, steps);
  }

  private void softmaxRowsBackward(Matrix a, Matrix d) {
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

  private Matrix read(Reals from, int n, Matrix to) {
    for (int s = 0; s < to.rows(); s++) {
      from.read((s * batch + n) * to.cols(), to.array(), to.row(s), to.cols());
    }
    return to;
  }

  private Matrix readWeights(int n, Matrix a) {
    for (int i = 0; i < queries; i++) {
      weights.read((i * batch + n) * steps, a.array(), a.row(i), a.cols());
    }
    return a;
  }

  /** Writes the steps that {@code from} has, and zeros in the rest of {@code count}. */
  private void write(Matrix from, int n, Reals to, int count) {
    for (int s = 0; s < count; s++) {
      int at = (s * batch + n) * from.cols();
      if (s < from.rows()) {
        to.write(at, from.array(), from.row(s), from.cols());
      } else {
        to.fill(at, from.cols(), 0);
      }
    }
  }

  private void writeWeights(Matrix a, int n) {
    for (int i = 0; i < queries; i++) {
      int at = (i * batch + n) * steps;
      weights.write(at, a.array(), a.row(i), a.cols());
      weights.fill(at + a.cols(), steps - a.cols(), 0);
    }
  }
}
