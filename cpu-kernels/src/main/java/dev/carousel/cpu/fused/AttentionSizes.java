package dev.carousel.cpu.fused;

import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;

/**
 * The sizes of attention in F32, all operands checked.
 *
 * @param queries Q
 * @param steps T
 * @param batch N
 * @param keySize K
 * @param valueSize C
 */
record AttentionSizes(int queries, int steps, int batch, int keySize, int valueSize) {
  /** Of forward's operands. */
  static AttentionSizes of(AttentionForward io) {
    Shape q = io.q().shape();
    Shape v = io.v().shape();
    if (q.rank() != 3 || v.rank() != 3) {
      throw new IllegalArgumentException(
          "q and v must have shapes [Q, N, K] and [T, N, C], not %s and %s".formatted(q, v));
    }
    AttentionSizes s =
        new AttentionSizes(q.dim(0), io.keys().maxSteps(), io.keys().batch(), q.dim(2), v.dim(2));
    s.require(io);
    return s;
  }

  private void require(AttentionForward io) {
    io.q().require("q", DType.F32, queries, batch, keySize);
    io.k().require("k", DType.F32, steps, batch, keySize);
    io.v().require("v", DType.F32, steps, batch, valueSize);
    io.weights().require("weights", DType.F32, queries, batch, steps);
    io.out().require("out", DType.F32, queries, batch, valueSize);
    Overlap.requireNone("q", io.q(), "out", io.out());
    Overlap.requireNone("k", io.k(), "out", io.out());
    Overlap.requireNone("v", io.v(), "out", io.out());
  }

  /** Of backward's operands. */
  static AttentionSizes of(AttentionBackward io) {
    AttentionForward f = io.forward();
    AttentionSizes s = of(f);
    requireLike("dOut", io.dOut(), f.out());
    requireLike("dq", io.dq(), f.q());
    requireLike("dk", io.dk(), f.k());
    requireLike("dv", io.dv(), f.v());
    return s;
  }

  private static void requireLike(String name, Tensor t, Tensor other) {
    t.require(name, DType.F32, other.shape().dims());
  }
}
