package dev.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.train.Schedule.Moment;
import dev.carousel.train.Schedule.State;
import dev.carousel.train.Schedule.Unit;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static final double TOLERANCE = 1e-15;

  @Test
  void aConstantRateNeverChanges() {
    assertThat(bySteps(new ConstantRate(0.3), 3)).containsExactly(0.3, 0.3, 0.3);
  }

  @Test
  void aTableHoldsEachRateUntilTheNextEpochInIt() {
    Schedule table = new RateByEpoch(Map.of(0, 0.1, 10, 0.01, 12, 0.5));
    assertThat(List.of(0, 9, 10, 11, 12, 99))
        .extracting(epoch -> table.rate(new Moment(7, epoch), table.start()))
        .containsExactly(0.1, 0.1, 0.01, 0.01, 0.5, 0.5);
  }

  @Test
  void stepDecayMultipliesAfterEveryFewUnits() {
    // StepLR(step_size=2, gamma=0.5), base 0.8
    Schedule decay = new StepDecay(0.8, 0.5, 2, Unit.STEP);
    assertThat(bySteps(decay, 6)).containsExactly(0.8, 0.8, 0.4, 0.4, 0.2, 0.2);
  }

  @Test
  void exponentialDecayMultipliesEachUnit() {
    // ExponentialLR(gamma=0.5), base 0.8
    Schedule decay = new ExponentialDecay(0.8, 0.5, Unit.STEP);
    assertThat(bySteps(decay, 4)).containsExactly(0.8, 0.4, 0.2, 0.1);
  }

  @Test
  void delayedDecayHoldsItsRateForTheFirstEpochs() {
    // ptb_word_lm: lr_decay ** max(i + 1 - max_epoch, 0) with lr_decay 0.5 and max_epoch 4
    Schedule decay = new DelayedDecay(1, 0.5, 4);
    assertThat(List.of(0, 3, 4, 5, 12))
        .extracting(epoch -> decay.rate(new Moment(7, epoch), decay.start()))
        .containsExactly(1.0, 1.0, 0.5, 0.25, 1.0 / 512);
  }

  @Test
  void epochSchedulesChangeBetweenEpochsOnly() {
    Schedule decay = new ExponentialDecay(0.8, 0.5, Unit.EPOCH);
    assertThat(decay.rate(new Moment(999, 1), decay.start())).isEqualTo(0.4);
  }

  @Test
  void cosineDecayFollowsPyTorchAndStaysAtTheMinimum() {
    // The recursion of CosineAnnealingLR(T_max=5, eta_min=0.001), base 0.1:
    // lr(t+1) = (1 + cos(pi (t+1) / T)) / (1 + cos(pi t / T)) * (lr(t) - eta_min) + eta_min
    Schedule cosine = new CosineDecay(0.1, 0.001, 5, Unit.STEP);
    assertClose(
        bySteps(cosine, 8),
        0.1,
        0.0905463412215599,
        0.06579634122155989,
        0.035203658778440096,
        0.010453658778440105,
        0.001,
        0.001,
        0.001);
  }

  @Test
  void cosineRestartsFollowPyTorch() {
    // CosineAnnealingWarmRestarts(T_0=2, T_mult=2, eta_min=0.001), base 0.1
    Schedule cosine = new CosineRestarts(0.1, 0.001, 2, 2, Unit.STEP);
    assertClose(
        bySteps(cosine, 8),
        0.1,
        0.0505,
        0.1,
        0.0855017856687341,
        0.0505,
        0.0154982143312659,
        0.1,
        0.0962320368593087);
    Schedule equalCycles = new CosineRestarts(0.1, 0.001, 2, 1, Unit.STEP);
    assertClose(bySteps(equalCycles, 4), 0.1, 0.0505, 0.1, 0.0505);
    assertThat(cosine.rate(new Moment(Long.MAX_VALUE, 0), State.NONE)).isBetween(0.001, 0.1);
  }

  @Test
  void plateauReducesLikePyTorch() {
    // ReduceLROnPlateau(factor=0.5, patience=1, cooldown=1, min_lr=0.02), base 0.1, step by step:
    // 0.89995 is within the relative threshold 1e-4 of 0.9, so it does not count as better.
    Schedule plateau = new ReduceOnPlateau(0.1, 0.5, 1, 0.02, Goal.MINIMIZE, 1e-4, 1);
    double[] metrics = {1.0, 0.9, 0.9, 0.89995, 0.95, 0.9, 0.9, 0.9, 0.5, 0.6, 0.6, Double.NaN};
    double[] rates = {.1, .1, .1, .05, .05, .05, .025, .025, .025, .025, .02, .02};
    State state = plateau.start();
    for (int i = 0; i < metrics.length; i++) {
      state = plateau.observe(state, metrics[i]);
      assertThat(plateau.rate(new Moment(i, i), state)).as("after %d", i).isEqualTo(rates[i]);
    }
  }

  @Test
  void plateauOfAMaximizedMetricReducesOnlyWithoutGrowth() {
    Schedule plateau = new ReduceOnPlateau(0.1, 0.1, 0, 0, Goal.MAXIMIZE);
    State grown = plateau.observe(plateau.observe(plateau.start(), 0.5), 0.6);
    assertThat(grown.rate()).isEqualTo(0.1);
    assertThat(plateau.observe(grown, 0.55).rate()).isEqualTo(0.1 * 0.1);
  }

  @Test
  void aResumedPlateauGoesOnFromItsState() {
    Schedule plateau = new ReduceOnPlateau(0.1, 0.5, 1, 0, Goal.MINIMIZE);
    State before = plateau.observe(plateau.observe(plateau.start(), 1), 1);
    State restored = new State(before.rate(), before.best(), before.bad(), before.cooldown());
    assertThat(plateau.observe(restored, 1).rate()).isEqualTo(0.05);
  }

  @Test
  void linearWarmUpMultipliesAnySchedule() {
    // LinearLR(start_factor=1/4, total_iters=3) in front of StepLR(step_size=3, gamma=0.5)
    Schedule warm = new WarmUp(new StepDecay(0.8, 0.5, 3, Unit.STEP), 4, WarmUp.Shape.LINEAR);
    assertClose(bySteps(warm, 7), 0.2, 0.4, 0.6, 0.4, 0.4, 0.4, 0.2);
  }

  @Test
  void inverseSquareRootWarmUpPeaksAtItsLastStep() {
    // Vaswani et al. 2017, section 5.3, divided by its value at the peak.
    Schedule noam = new WarmUp(new ConstantRate(0.1), 4, WarmUp.Shape.INVERSE_SQRT);
    double[] rates = bySteps(noam, 16);
    assertThat(rates).startsWith(0.025, 0.05, 0.1 * 0.75, 0.1);
    assertThat(rates[4]).isCloseTo(0.08944271909999159, within(TOLERANCE));
    assertThat(rates[15]).isEqualTo(0.05);
  }

  @Test
  void warmUpPassesEvaluationsOn() {
    Schedule plateau = new ReduceOnPlateau(0.1, 0.5, 0, 0, Goal.MINIMIZE);
    Schedule warm = new WarmUp(plateau, 1, WarmUp.Shape.LINEAR);
    State state = warm.observe(warm.observe(warm.start(), 1), 2);
    assertThat(warm.rate(new Moment(5, 0), state)).isEqualTo(0.05);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesARateThatIsNotPositiveAndFinite(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConstantRate(rate))
        .withMessage("rate must be positive and finite, got " + rate);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RateByEpoch(Map.of(0, 0.1, 3, rate)))
        .withMessageContaining("rate of epoch 3");
  }

  @Test
  void aSlantedTriangleIsTheOneOfEquationThree() {
    // Howard and Ruder 2018 with T = 100 steps, cut_frac = 0.1, ratio = 32, a maximum of 0.01:
    // cut = 10, p(0) = 0, p(5) = 0.5, p(10) = 1, p(55) = 1 − 45 / (10 · 9) = 0.5.
    Schedule triangle = SlantedTriangle.of(0.01, 4);
    double half = 0.01 * (1 + 0.5 * 31) / 32;
    assertClose(
        new double[] {at(triangle, 0), at(triangle, 5), at(triangle, 10), at(triangle, 55)},
        0.01 / 32,
        half,
        0.01,
        half);
    assertThat(triangle.rate(new Moment(100, 4), State.NONE)).isCloseTo(0.01 / 32, within(1e-15));
    assertThat(triangle.rate(new Moment(999, 9), State.NONE)).isCloseTo(0.01 / 32, within(1e-15));
  }

  /** The rate at a step of 100, which are four epochs of 25. */
  private static double at(Schedule schedule, int step) {
    return schedule.rate(new Moment(step, step / 25, step % 25 / 25.0), State.NONE);
  }

  @Test
  void refusesNumbersOutOfRange() {
    refuses(() -> new SlantedTriangle(0.1, 1, 32, 5), "above 0 to below 1");
    refuses(() -> new SlantedTriangle(0.1, 0.1, 32, 0), "epochs must be at least 1");
    refuses(() -> new Moment(0, 0, 1), "part 1.0");
    refuses(() -> new RateByEpoch(Map.of(1, 0.1)), "the first epoch of the table must be 0");
    refuses(() -> new StepDecay(0.1, 1.5, 1, Unit.STEP), "factor must be above 0 and at most 1");
    refuses(() -> new StepDecay(0.1, 0.5, 0, Unit.STEP), "every must be at least 1, got 0");
    refuses(() -> new CosineDecay(0.1, 0.2, 5, Unit.STEP), "minimum must lie between 0 and");
    refuses(() -> new CosineDecay(0.1, 0, 0, Unit.STEP), "length must be at least 1");
    refuses(() -> new CosineRestarts(0.1, 0, 5, 0, Unit.STEP), "growth must be at least 1");
    refuses(() -> new ReduceOnPlateau(0.1, 1, 1, 0, Goal.MINIMIZE), "a plateau needs factor < 1");
    refuses(
        () -> new WarmUp(new ConstantRate(1), 0, WarmUp.Shape.LINEAR),
        "warm-up steps must be at least 1");
    refuses(() -> new Moment(-1, 0), "no moment of a run");
  }

  private static void refuses(Runnable action, String problem) {
    assertThatIllegalArgumentException().isThrownBy(action::run).withMessageContaining(problem);
  }

  private static double[] bySteps(Schedule schedule, int steps) {
    return LongStream.range(0, steps)
        .mapToDouble(step -> schedule.rate(new Moment(step, 0), schedule.start()))
        .toArray();
  }

  private static void assertClose(double[] actual, double... expected) {
    assertThat(actual).containsExactly(expected, within(TOLERANCE));
  }
}
