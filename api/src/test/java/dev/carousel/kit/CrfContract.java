package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.kit.oracle.CrfOracle;
import dev.carousel.kit.run.KernelCall;
import dev.carousel.kit.run.RandomValues;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.CrfLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Linear-chain conditional random fields, against the enumeration of every path. */
public interface CrfContract extends BackendContract {
  /** One batch of chains. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record CrfCase(DType type, int steps, int labels, int[] lengths, boolean full, double magnitude) {
    /** Emissions beyond a length are large, gold labels beyond it no labels. */
    CrfOracle oracle() {
      RandomValues random = new RandomValues(51);
      int n = lengths.length;
      double[] emissions = random.uniform(steps * n * labels, magnitude);
      int[] gold = random.integers(steps * n, 0, labels - 1);
      for (int i = 0; i < gold.length; i++) {
        if (i / n >= lengths[i % n]) {
          gold[i] = 999;
          Arrays.fill(emissions, i * labels, (i + 1) * labels, 1e4);
        }
      }
      double[] transitions = random.uniform((labels + 2) * labels, magnitude);
      return new CrfOracle(lengths, labels, emissions, transitions, gold, 0.5);
    }

    Sequences emissions(KernelCall call, CrfOracle o) {
      int n = lengths.length;
      return new Sequences(
          call.in("emissions", o.emissions(), steps, n, labels),
          full
              ? Lengths.full(steps, n)
              : Lengths.of(steps, lengths, call.in("lengths", lengths, n)));
    }

    Tensor transitions(KernelCall call, CrfOracle o) {
      return call.in("transitions", o.transitions(), labels + 2, labels);
    }

    Tensor work(KernelCall call) {
      return call.bytes(call.backend().crf().workBytes(steps, lengths.length, labels));
    }

    CrfLoss loss(KernelCall call, CrfOracle o, boolean gradients) {
      int n = lengths.length;
      return new CrfLoss(
          emissions(call, o),
          transitions(call, o),
          call.in("gold", o.gold(), steps, n),
          call.written("loss", 2),
          gradients ? call.written("dEmissions", steps, n, labels) : null,
          gradients ? call.added("dTransitions", labels + 2, labels) : null,
          o.scale(),
          work(call));
    }
  }

  /** One step, one label, empty rows, and scores that would overflow an exponential. */
  default Stream<CrfCase> crfCases() {
    return types()
        .flatMap(
            t ->
                Stream.of(
                    new CrfCase(t, 1, 1, new int[] {1}, true, 1),
                    new CrfCase(t, 5, 3, new int[] {5, 5}, true, 2),
                    new CrfCase(t, 4, 5, new int[] {4, 0, 1, 3}, false, 2),
                    new CrfCase(t, 4, 3, new int[] {2, 4, 0}, false, 2000)));
  }

  /** The gradient of the transitions is added, that of the emissions written everywhere. */
  @ParameterizedTest
  @MethodSource("crfCases")
  default void r05_crfLossCountsTheRealStepsOfEveryPath(CrfCase c) {
    CrfOracle o = c.oracle();
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      backend().crf().loss(c.loss(call, o, true));
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      backend().crf().loss(c.loss(call, o, false));
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
  }

  /** −1 beyond a row's length, score 0 for an empty row. */
  @ParameterizedTest
  @MethodSource("crfCases")
  default void r05_viterbiFindsTheBestOfEveryPath(CrfCase c) {
    CrfOracle o = c.oracle();
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      backend()
          .crf()
          .viterbi(
              c.emissions(call, o),
              c.transitions(call, o),
              call.writtenInts("path", c.steps(), c.lengths().length),
              call.written("score", c.lengths().length),
              c.work(call));
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
  }

  /** Uniform scores: every one of Kᵀ paths is as likely, so the loss is T log K. */
  @ParameterizedTest
  @MethodSource("types")
  default void crf_aLongUniformChainHasTheLossOfItsNumberOfPaths(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      double[] emissions = new double[500 * 7];
      Arrays.fill(emissions, 3);
      Tensor loss = call.written("loss", 2);
      backend()
          .crf()
          .loss(
              new CrfLoss(
                  new Sequences(call.in("emissions", emissions, 500, 1, 7), Lengths.full(500, 1)),
                  call.in("transitions", new double[63], 9, 7),
                  call.in("gold", new int[500], 500, 1),
                  loss,
                  null,
                  null,
                  1,
                  call.bytes(backend().crf().workBytes(500, 1, 7))));
      double want = 500 * Math.log(7);
      assertThat(call.outcome().get("loss")[0])
          .isCloseTo(want, within(want * 10 * tolerance(type).forward()));
    }
  }

  /** Nothing to divide by. */
  @ParameterizedTest
  @MethodSource("types")
  default void crf_withoutARowThatHasStepsLossAndGradientsAreZero(DType type) {
    CrfCase c = new CrfCase(type, 3, 2, new int[] {0, 0}, false, 1);
    try (KernelCall call = new KernelCall(backend(), type)) {
      backend().crf().loss(c.loss(call, c.oracle(), true));
      assertThat(call.outcome().get("loss")).containsExactly(0, 0);
      assertThat(call.outcome().get("dEmissions")).containsOnly(0);
      assertThat(call.outcome().get("dTransitions")).containsOnly(0);
    }
  }

  /** Named with both shapes. */
  @ParameterizedTest
  @MethodSource("types")
  default void r08_crfNamesAWrongShape(DType type) {
    CrfCase c = new CrfCase(type, 4, 3, new int[] {4, 4}, true, 1);
    try (KernelCall call = new KernelCall(backend(), type)) {
      CrfOracle o = c.oracle();
      Tensor wrong = call.in("wrong", new double[9], 3, 3);
      Tensor score = call.written("score", 2);
      Tensor path = call.writtenInts("path", 4, 2);
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> backend().crf().viterbi(c.emissions(call, o), wrong, path, score, c.work(call)))
          .withMessageContaining("[5, 3]")
          .withMessageContaining("[3, 3]");
      assertThat(call.outcome().get("score")).containsOnly(Double.NaN);
    }
  }
}
