package dev.carousel.cpu.fused;

import static dev.carousel.cpu.fused.Engines.assertClose;
import static dev.carousel.cpu.fused.Engines.doubles;
import static dev.carousel.cpu.fused.Engines.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.CrfKernels;
import dev.carousel.spi.CrfLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusedCrfTest {
  private static final Backend REFERENCE = Backends.named("reference", 1);
  private static final Backend CPU = Backends.named("cpu", 1);

  @BeforeAll
  static void needsTheLibrary() {
    assumeTrue(FusedKernels.refusal() == null, FusedKernels::refusal);
  }

  @AfterAll
  static void close() {
    CPU.close();
    REFERENCE.close();
  }

  /** Chains of random scores; each array as the kernels read or write it. */
  private static final class Chains {
    private static final int T = 17;
    private static final int N = 11;
    private final int labels;
    private final float[] emissions;
    private final float[] transitions;
    private final int[] gold;
    private final Lengths lengths;

    Chains(int labels, double magnitude) {
      this.labels = labels;
      emissions = uniform(1, T * N * labels, magnitude);
      transitions = uniform(2, (labels + 2) * labels, magnitude);
      gold = new SplittableRandom(3).ints(T * N, 0, labels).toArray();
      int[] steps = new SplittableRandom(4).ints(N, 0, T + 1).toArray();
      steps[0] = T;
      steps[1] = 0;
      steps[2] = 1;
      lengths = Lengths.onHost(T, steps);
    }

    /** Loss, and the gradients of emissions and transitions. */
    Tensor[] loss(CrfKernels kernels, Backend memory, boolean exact) {
      Tensor[] out = {
        tensor(exact, new float[2], 2),
        tensor(exact, uniform(5, emissions.length, 1), T, N, labels),
        tensor(exact, new float[transitions.length], labels + 2, labels)
      };
      try (Storage work = memory.memory().allocate(DType.BYTE, kernels.workBytes(T, N, labels))) {
        kernels.loss(
            new CrfLoss(
                new Sequences(tensor(exact, emissions, T, N, labels), lengths),
                tensor(exact, transitions, labels + 2, labels),
                Tensor.of(gold, T, N),
                out[0],
                out[1],
                out[2],
                0.5,
                Tensor.of(work)));
      }
      return out;
    }

    /** Path and scores. */
    Tensor[] best(CrfKernels kernels, Backend memory, boolean exact) {
      Tensor[] out = {Tensor.of(new int[T * N], T, N), tensor(exact, new float[N], N)};
      try (Storage work = memory.memory().allocate(DType.BYTE, kernels.workBytes(T, N, labels))) {
        kernels.viterbi(
            new Sequences(tensor(exact, emissions, T, N, labels), lengths),
            tensor(exact, transitions, labels + 2, labels),
            out[0],
            out[1],
            Tensor.of(work));
      }
      return out;
    }

    private static Tensor tensor(boolean exact, float[] a, int... dims) {
      return exact ? Tensor.of(doubles(a), dims) : Tensor.of(a, dims);
    }
  }

  private static CrfKernels own(FusedKernels k) {
    return k.crf(CPU.crf());
  }

  /** Both sides of a vector of doubles; scores of hundreds are beyond any exponential. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "8, 3", "9, 3", "23, 2", "33, 10", "5, 400"})
  void lossGradientsAndBestPathsFollowTheReference(int labels, double magnitude) {
    Chains chains = new Chains(labels, magnitude);
    Tensor[] want = chains.loss(REFERENCE.crf(), REFERENCE, true);
    Tensor[] path = chains.best(REFERENCE.crf(), REFERENCE, true);
    Engines.each(
        k -> {
          Tensor[] got = chains.loss(own(k), CPU, false);
          double[] loss = want[0].heap().doubles();
          assertClose("loss", got[0].heap().floats(), loss, 1e-7 * (1 + loss[0]));
          assertClose("dEmissions", got[1].heap().floats(), want[1].heap().doubles(), 1e-8);
          assertClose("dTransitions", got[2].heap().floats(), want[2].heap().doubles(), 1e-6);
          Tensor[] best = chains.best(own(k), CPU, false);
          assertThat(best[0].heap().ints()).isEqualTo(path[0].heap().ints());
          double[] scores = path[1].heap().doubles();
          assertClose("scores", best[1].heap().floats(), scores, 1e-6 * magnitude * Chains.T);
        });
  }

  /** As those who forbid some transitions make them: by a score so low, or by infinity. */
  @ParameterizedTest
  @CsvSource({"-10000", "-Infinity"})
  void forbiddenTransitionsLeaveTheOthersExact(float forbidden) {
    Chains chains = new Chains(9, 2);
    for (int i = 0; i < chains.transitions.length; i += 3) {
      chains.transitions[i] = forbidden;
    }
    Arrays.fill(chains.gold, 1);
    for (int at : new int[] {9 + 1, 81 + 1, 90 + 1}) {
      chains.transitions[at] = 0.5f; // what the gold paths need
    }
    Tensor[] want = chains.loss(REFERENCE.crf(), REFERENCE, true);
    Engines.each(
        k -> {
          Tensor[] got = chains.loss(own(k), CPU, false);
          assertThat(got[0].heap().floats()[0]).isFinite();
          double loss = want[0].heap().doubles()[0];
          assertClose("loss", got[0].heap().floats(), want[0].heap().doubles(), 1e-7 * (1 + loss));
          assertClose("dEmissions", got[1].heap().floats(), want[1].heap().doubles(), 1e-8);
          assertClose("dTransitions", got[2].heap().floats(), want[2].heap().doubles(), 1e-6);
        });
  }

  @Test
  void r10_theNumberOfThreadsChangesNoBit() {
    Chains chains = new Chains(12, 3);
    for (int part = 0; part < 3; part++) {
      int output = part;
      Engines.assertBitsOfOneThread(k -> chains.loss(own(k), CPU, false)[output].heap().floats());
    }
  }

  @Test
  void notANumberShowsInTheLoss() {
    Engines.each(
        k -> {
          Chains chains = new Chains(5, 1);
          chains.emissions[0] = Float.NaN;
          assertThat(chains.loss(own(k), CPU, false)[0].heap().floats()[0]).isNaN();
        });
  }

  @Test
  void aLabelOutOfRangeAndTooLittleScratchAreNamed() {
    Engines.each(
        k -> {
          Chains chains = new Chains(5, 1);
          chains.gold[0] = 5;
          assertThatIllegalArgumentException()
              .isThrownBy(() -> chains.loss(own(k), CPU, false))
              .withMessage("gold label of step 0, row 0 must be 0 to 4, not 5");
          Tensor score = Tensor.of(new float[1], 1);
          Tensor path = Tensor.of(new int[1], 1, 1);
          Tensor transitions = Tensor.of(new float[3], 3, 1);
          Sequences one = new Sequences(Tensor.of(new float[1], 1, 1, 1), Lengths.full(1, 1));
          try (Storage work = CPU.memory().allocate(DType.BYTE, 8)) {
            Tensor scratch = new Tensor(work, 0, Shape.of(8));
            assertThatIllegalArgumentException()
                .isThrownBy(() -> own(k).viterbi(one, transitions, path, score, scratch))
                .withMessageContaining("work must be a BYTE tensor of at least");
          }
        });
  }
}
