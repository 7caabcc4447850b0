package dev.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.train.EarlyStopping.State;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {

  @Test
  void stopsAfterThePatienceIsUsedUp() {
    EarlyStopping stopping = new EarlyStopping(2, 0, Goal.MAXIMIZE);
    assertThat(stopsAt(stopping, 0.5, 0.6, 0.6, 0.7, 0.7, 0.69, 0.9)).isEqualTo(5);
  }

  @Test
  void anImprovementSmallerThanTheDeltaDoesNotCount() {
    EarlyStopping stopping = new EarlyStopping(2, 0.25, Goal.MINIMIZE);
    assertThat(stopsAt(stopping, 2, 1.875, 1.75, 1.5)).isEqualTo(2);
    assertThat(stopsAt(stopping, 2, 1.875, 1.625, 1.5, 1.5)).isEqualTo(4);
  }

  @Test
  void nanNeverCountsAsProgress() {
    EarlyStopping stopping = new EarlyStopping(1, 0, Goal.MINIMIZE);
    assertThat(stopsAt(stopping, Double.NaN, 1)).isZero();
  }

  @Test
  void theStateTellsWhetherTheLastEvaluationWasTheBest() {
    EarlyStopping stopping = new EarlyStopping(9, 0, Goal.MINIMIZE);
    State first = stopping.observe(stopping.start(), 3);
    assertThat(first).isEqualTo(new State(3, 0));
    assertThat(stopping.observe(first, 4)).isEqualTo(new State(3, 1));
  }

  @Test
  void refusesImpossibleSettings() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EarlyStopping(0, 0, Goal.MINIMIZE))
        .withMessageContaining("patience ≥ 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EarlyStopping(1, Double.NaN, Goal.MINIMIZE));
  }

  /** Index of the evaluation after which it stops; −1 if it never does. */
  private static int stopsAt(EarlyStopping stopping, double... metrics) {
    State state = stopping.start();
    for (int i = 0; i < metrics.length; i++) {
      state = stopping.observe(state, metrics[i]);
      if (stopping.shouldStop(state)) {
        return i;
      }
    }
    return -1;
  }
}
