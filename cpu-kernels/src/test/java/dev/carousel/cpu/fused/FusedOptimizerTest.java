package dev.carousel.cpu.fused;

import static dev.carousel.cpu.fused.Engines.assertClose;
import static dev.carousel.cpu.fused.Engines.doubles;
import static dev.carousel.cpu.fused.Engines.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.OptimizerKernels;
import dev.carousel.spi.OptimizerScalars;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.spi.WeightDecay;
import dev.carousel.tensor.HeapStorage;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FusedOptimizerTest {
  private static final Backend REFERENCE = Backends.named("reference", 1);

  /** Odd, and enough for every thread. */
  private static final int SIZE = 100_003;

  @BeforeAll
  static void needsTheLibrary() {
    assumeTrue(FusedKernels.refusal() == null, FusedKernels::refusal);
  }

  @AfterAll
  static void close() {
    REFERENCE.close();
  }

  /** Buffers of one element type, each with three elements before it. */
  private record Buffers(Tensor p, Tensor m, Tensor v, List<Tensor> gradients) {
    static Buffers single() {
      return new Buffers(
          view(uniform(1, SIZE + 3, 1)),
          view(new float[SIZE + 3]),
          view(new float[SIZE + 3]),
          List.of(view(uniform(2, SIZE + 3, 1)), view(uniform(3, SIZE + 3, 0.001))));
    }

    static Buffers exact() {
      return new Buffers(
          view(doubles(uniform(1, SIZE + 3, 1))),
          view(new double[SIZE + 3]),
          view(new double[SIZE + 3]),
          List.of(
              view(doubles(uniform(2, SIZE + 3, 1))), view(doubles(uniform(3, SIZE + 3, 0.001)))));
    }

    private static Tensor view(float[] a) {
      return new Tensor(HeapStorage.of(a), 3, Shape.of(SIZE));
    }

    private static Tensor view(double[] a) {
      return new Tensor(HeapStorage.of(a), 3, Shape.of(SIZE));
    }
  }

  private interface Update {
    void run(OptimizerKernels kernels, Buffers b, Tensor gradient, Tensor scalars);
  }

  private static Buffers steps(OptimizerKernels kernels, Buffers b, Update update) {
    double[] scalars = new double[OptimizerScalars.SIZE];
    scalars[OptimizerScalars.LEARNING_RATE] = 0.05;
    scalars[OptimizerScalars.MAX_NORM] = 3;
    Tensor s = Tensor.of(scalars, OptimizerScalars.SIZE);
    for (Tensor g : b.gradients()) {
      kernels.advance(s);
      kernels.globalNorm(g, s);
      update.run(kernels, b, g, s);
    }
    return b;
  }

  private static void assertFollowsTheReference(Update update) {
    Buffers want = steps(REFERENCE.optimizer(), Buffers.exact(), update);
    Engines.each(
        k -> {
          Buffers got = steps(k.optimizer(), Buffers.single(), update);
          assertClose("p", got.p().heap().floats(), want.p().heap().doubles(), 1e-5);
          assertClose("m", got.m().heap().floats(), want.m().heap().doubles(), 1e-6);
          assertClose("v", got.v().heap().floats(), want.v().heap().doubles(), 1e-6);
        });
    Engines.assertBitsOfOneThread(
        k -> steps(k.optimizer(), Buffers.single(), update).p().heap().floats());
  }

  private static Update adam(double decay, WeightDecay kind) {
    return (k, b, g, s) ->
        k.adam(new AdamUpdate(b.p(), g, b.m(), b.v(), s, 0.9, 0.99, 1e-4, decay, kind));
  }

  @Test
  void adamFollowsTheReferenceWithoutDecay() {
    assertFollowsTheReference(adam(0, WeightDecay.L2));
  }

  @Test
  void adamFollowsTheReferenceWithEitherDecay() {
    assertFollowsTheReference(adam(0.1, WeightDecay.L2));
    assertFollowsTheReference(adam(0.1, WeightDecay.DECOUPLED));
  }

  @Test
  void gradientDescentFollowsTheReferenceWithEitherMomentum() {
    for (SgdUpdate.Momentum kind : SgdUpdate.Momentum.values()) {
      assertFollowsTheReference(
          (k, b, g, s) -> k.sgd(new SgdUpdate(b.p(), g, b.m(), s, 0.9, kind, 0.01)));
    }
  }

  @Test
  void gradientDescentNeedsNoVelocityWithoutMomentum() {
    assertFollowsTheReference(
        (k, b, g, s) ->
            k.sgd(new SgdUpdate(b.p(), g, null, s, 0, SgdUpdate.Momentum.CLASSICAL, 0.2)));
  }

  @Test
  void r10_theNormIsThatOfDoublesWhateverTheThreads() {
    float[] g = uniform(5, SIZE, 1);
    double sum = 0;
    for (float x : g) {
      sum += (double) x * x;
    }
    double want = Math.sqrt(sum);
    double[] norms = new double[2];
    Engines.each(
        k -> {
          double[] scalars = new double[OptimizerScalars.SIZE];
          k.optimizer().globalNorm(Tensor.of(g, SIZE), Tensor.of(scalars, scalars.length));
          double norm = scalars[OptimizerScalars.NORM];
          assertThat(norm).isCloseTo(want, within(1e-12 * want));
          int set = k.describe().contains("512") ? 1 : 0;
          assertThat(norms[set]).isIn(0.0, norm);
          norms[set] = norm;
        });
  }
}
