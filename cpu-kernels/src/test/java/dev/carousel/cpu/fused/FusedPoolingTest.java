package dev.carousel.cpu.fused;

import static dev.carousel.cpu.fused.Engines.assertClose;
import static dev.carousel.cpu.fused.Engines.doubles;
import static dev.carousel.cpu.fused.Engines.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.Pooling;
import dev.carousel.spi.PoolingKernels;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusedPoolingTest {
  private static final Backend REFERENCE = Backends.named("reference", 1);
  private static final Lengths LENGTHS = Lengths.onHost(19, 19, 3, 0, 1, 12);
  private static final int T = 19;
  private static final int N = 5;

  @BeforeAll
  static void needsTheLibrary() {
    assumeTrue(FusedKernels.refusal() == null, FusedKernels::refusal);
  }

  @AfterAll
  static void close() {
    REFERENCE.close();
  }

  private static @Nullable Tensor argmax(Pooling pooling, int features) {
    return pooling == Pooling.MAX ? Tensor.of(new int[N * features], N, features) : null;
  }

  /** Narrower than a vector, and wider than what a thread pools at once. */
  @ParameterizedTest
  @CsvSource({
    "LAST, 2",
    "LAST, 34",
    "LAST, 700",
    "MEAN, 1",
    "MEAN, 37",
    "MEAN, 700",
    "MAX, 1",
    "MAX, 37",
    "MAX, 700"
  })
  void poolingAndItsGradientFollowTheReference(Pooling pooling, int features) {
    float[] x = uniform(1, T * N * features, 1);
    float[] d = uniform(2, N * features, 1);
    double[] out = new double[N * features];
    double[] dx = new double[x.length];
    Tensor from = argmax(pooling, features);
    run(
        REFERENCE.pooling(),
        pooling,
        from,
        new Tensor[] {
          Tensor.of(doubles(x), T, N, features),
          Tensor.of(out, N, features),
          Tensor.of(doubles(d), N, features),
          Tensor.of(dx, T, N, features)
        });
    Engines.each(
        k -> {
          float[] y = uniform(3, N * features, 1);
          float[] g = uniform(4, x.length, 1);
          Tensor steps = argmax(pooling, features);
          run(
              k.pooling(REFERENCE.pooling()),
              pooling,
              steps,
              new Tensor[] {
                Tensor.of(x, T, N, features),
                Tensor.of(y, N, features),
                Tensor.of(d, N, features),
                Tensor.of(g, T, N, features)
              });
          assertClose("out", y, out, 6e-8);
          assertClose("dx", g, dx, 1.2e-7);
          if (from != null && steps != null) {
            assertThat(steps.heap().ints()).isEqualTo(from.heap().ints());
          }
        });
  }

  /**
   * @param all x, out, dOut, dx
   */
  private static void run(
      PoolingKernels kernels, Pooling pooling, @Nullable Tensor argmax, Tensor[] all) {
    Direction direction = Direction.BIDIRECTIONAL;
    kernels.forward(pooling, direction, new Sequences(all[0], LENGTHS), all[1], argmax);
    kernels.backward(pooling, direction, LENGTHS, all[2], argmax, all[3]);
  }
}
