package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.rnn.Lengths;
import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.tensor.Tensor;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** Two queries, four keys, three rows of which one has no key. */
class ReferenceAdditiveAttentionTest {
  private static final int Q = 2;
  private static final int T = 4;
  private static final int N = 3;
  private static final int K = 5;
  private static final int C = 3;
  private static final int[] KEYS = {4, 0, 2};

  private final ReferenceAdditiveAttention kernels =
      new ReferenceAdditiveAttention(new Workers(2), new Gemm(), new ThreadScratch());
  private final Random random = new Random(32);
  private final double[] q = Slopes.random(random, Q * N * K);
  private final double[] k = Slopes.random(random, T * N * K);
  private final double[] v = Slopes.random(random, T * N * C);
  private final double[] e = Slopes.random(random, K);
  private final double[] weights = new double[Q * N * T];
  private final double[] out = new double[Q * N * C];
  private final Tensor energy = Tensor.of(e, K);

  private AttentionForward forward() {
    AttentionForward io =
        new AttentionForward(
            Tensor.of(q, Q, N, K),
            Tensor.of(k, T, N, K),
            Tensor.of(v, T, N, C),
            Lengths.onHost(T, KEYS),
            1,
            Tensor.of(weights, Q, N, T),
            Tensor.of(out, Q, N, C));
    kernels.forward(io, energy);
    return io;
  }

  @Test
  void weightsAreThoseOfTheEquation() {
    forward();
    for (int i = 0; i < Q; i++) {
      for (int n = 0; n < N; n++) {
        double[] score = new double[KEYS[n]];
        double sum = 0;
        for (int t = 0; t < KEYS[n]; t++) {
          for (int j = 0; j < K; j++) {
            score[t] += e[j] * Math.tanh(q[(i * N + n) * K + j] + k[(t * N + n) * K + j]);
          }
          sum += Math.exp(score[t]);
        }
        for (int t = 0; t < T; t++) {
          double expected = t < KEYS[n] ? Math.exp(score[t]) / sum : 0;
          assertThat(weights[(i * N + n) * T + t]).isCloseTo(expected, within(1e-14));
        }
      }
    }
  }

  @Test
  void r04_gradientsAreSlopes() {
    double[] dOut = Slopes.random(random, out.length);
    double[] dq = new double[q.length];
    double[] dk = new double[k.length];
    double[] dv = new double[v.length];
    double[] de = new double[e.length];
    AttentionBackward io =
        new AttentionBackward(
            forward(),
            Tensor.of(dOut, Q, N, C),
            Tensor.of(dq, Q, N, K),
            Tensor.of(dk, T, N, K),
            Tensor.of(dv, T, N, C));
    kernels.backward(io, energy, Tensor.of(de, K));
    DoubleSupplier objective =
        () -> {
          forward();
          return Slopes.dot(dOut, out);
        };
    Slopes.require("q", q, dq, objective);
    Slopes.require("k", k, dk, objective);
    Slopes.require("v", v, dv, objective);
    Slopes.require("energy", e, de, objective);
  }
}
