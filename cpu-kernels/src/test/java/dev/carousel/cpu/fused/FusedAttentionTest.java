package dev.carousel.cpu.fused;

import static dev.carousel.cpu.fused.Engines.assertClose;
import static dev.carousel.cpu.fused.Engines.doubles;
import static dev.carousel.cpu.fused.Engines.uniform;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.rnn.Lengths;
import dev.carousel.spi.AdditiveAttentionKernels;
import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.spi.AttentionKernels;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows of more than two vectors, with a rest; the contract kit has the small ones. */
class FusedAttentionTest {
  private static final Backend REFERENCE = Backends.named("reference", 1);
  private static final Lengths KEYS = Lengths.onHost(21, 21, 0, 5, 1, 20, 13);
  private static final int Q = 7;
  private static final int T = 21;
  private static final int N = 6;
  private static final int K = 75;
  private static final int C = 150;

  @BeforeAll
  static void needsTheLibrary() {
    assumeTrue(FusedKernels.refusal() == null, FusedKernels::refusal);
  }

  @AfterAll
  static void close() {
    REFERENCE.close();
  }

  /** Operands of one type: q, k, v, weights, out, dOut, dq, dk, dv, energy, its gradient. */
  private static final class Operands {
    private final Tensor[] all;

    Operands(BiFunction<Integer, int[], Tensor> make) {
      int[][] shapes = {
        {Q, N, K},
        {T, N, K},
        {T, N, C},
        {Q, N, T},
        {Q, N, C},
        {Q, N, C},
        {Q, N, K},
        {T, N, K},
        {T, N, C},
        {K},
        {K}
      };
      all = new Tensor[shapes.length];
      for (int i = 0; i < all.length; i++) {
        all[i] = make.apply(i, shapes[i]);
      }
    }

    static float[] values(int i, int[] shape) {
      return uniform(i, (int) Shape.of(shape).size(), 1);
    }

    static Operands exact() {
      return new Operands((i, shape) -> Tensor.of(doubles(values(i, shape)), shape));
    }

    static Operands single() {
      return new Operands((i, shape) -> Tensor.of(values(i, shape), shape));
    }

    AttentionBackward io() {
      return new AttentionBackward(
          new AttentionForward(all[0], all[1], all[2], KEYS, 0.3, all[3], all[4]),
          all[5],
          all[6],
          all[7],
          all[8]);
    }

    Operands run(AttentionKernels kernels) {
      kernels.forward(io().forward());
      kernels.backward(io());
      return this;
    }

    Operands run(AdditiveAttentionKernels kernels) {
      kernels.forward(io().forward(), all[9]);
      kernels.backward(io(), all[9], all[10]);
      return this;
    }

    float[] everything() {
      int size = 0;
      for (Tensor t : all) {
        size += (int) t.size();
      }
      float[] joined = new float[size];
      int at = 0;
      for (Tensor t : all) {
        System.arraycopy(t.heap().floats(), 0, joined, at, (int) t.size());
        at += (int) t.size();
      }
      return joined;
    }

    void assertFollows(Operands exact) {
      for (int i = 0; i < all.length; i++) {
        assertClose("operand " + i, all[i].heap().floats(), exact.all[i].heap().doubles(), 4e-6);
      }
    }
  }

  @Test
  void dotProductsFollowTheReference() {
    Operands exact = Operands.exact().run(REFERENCE.attention());
    Engines.each(
        k -> Operands.single().run(k.attention(REFERENCE.attention())).assertFollows(exact));
  }

  @Test
  void additiveScoresFollowTheReference() {
    Operands exact = Operands.exact().run(REFERENCE.additiveAttention());
    Engines.each(
        k ->
            Operands.single()
                .run(k.additiveAttention(REFERENCE.additiveAttention()))
                .assertFollows(exact));
  }

  @Test
  void r10_theNumberOfThreadsChangesNoBit() {
    Engines.assertBitsOfOneThread(
        k -> Operands.single().run(k.attention(REFERENCE.attention())).everything());
    Engines.assertBitsOfOneThread(
        k ->
            Operands.single().run(k.additiveAttention(REFERENCE.additiveAttention())).everything());
  }
}
