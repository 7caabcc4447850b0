package dev.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.rnn.Cell;
import dev.carousel.train.Recall.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OnlineTrainingTest {
  private static final double RATE = 0.5;
  private static final Batch BATCH = Batch.random(5, 4, 9);

  private final Recall recall = new Recall(Cell.GRU, 0, 3);
  private final float[] start = recall.parameters().download();

  @AfterEach
  void close() {
    recall.close();
  }

  private static TrainingSettings descent() {
    return TrainingSettings.of(Sgd.PLAIN, new ConstantRate(RATE), 1);
  }

  /** The parameters after each of some steps on the same batch. */
  private List<float[]> steps(TrainingSettings settings, double hold, int count) {
    recall.parameters().upload(start);
    List<float[]> after = new ArrayList<>();
    try (OnlineTraining<Batch> training =
        new OnlineTraining<>(recall.parameters(), recall, settings, hold)) {
      for (int i = 0; i < count; i++) {
        training.step(List.of(BATCH));
        after.add(recall.parameters().download());
      }
      assertThat(training.steps()).isEqualTo(count);
    }
    return after;
  }

  @Test
  void withoutAHoldItsStepsAreThoseOfATrainer() {
    List<float[]> online = steps(descent(), 0, 3);
    recall.parameters().upload(start);
    Trainer.of(recall.parameters(), recall, BatchSource.same(Batches.of(List.of(BATCH))))
        .settings(descent().withLimits(TrainingSettings.Limits.epochs(3)))
        .run();
    assertThat(Arrays.equals(online.get(2), recall.parameters().download())).isTrue();
  }

  @Test
  void theHoldPullsByItsWeightTimesTheWayFromTheBeginning() {
    double hold = 0.3;
    List<float[]> free = steps(descent(), 0, 2);
    List<float[]> held = steps(descent(), hold, 2);
    // At the beginning the way is 0. Then θ₂ = θ₁ − η (g(θ₁) + λ (θ₁ − θ₀)), with the same θ₁.
    assertThat(Arrays.equals(held.get(0), free.get(0))).isTrue();
    double moved = 0;
    for (int i = 0; i < start.length; i++) {
      double way = free.get(0)[i] - (double) start[i];
      assertThat((double) held.get(1)[i])
          .isCloseTo(free.get(1)[i] - RATE * hold * way, within(1e-6));
      moved = Math.max(moved, Math.abs(RATE * hold * way));
    }
    assertThat(moved).isGreaterThan(1e-4);
  }

  @Test
  void layersThatDoNotLearnFromTheBeginningNeverDo() {
    String first = recall.parameters().parameters().get(0).name();
    TrainingSettings frozen =
        descent().withGroups(LayerGroups.of(LayerGroup.of(""), LayerGroup.of(first).from(1)));
    float[] after = steps(frozen, 0.1, 2).get(1);
    int size = (int) recall.parameters().parameter(first).shape().size();
    assertThat(Arrays.equals(after, 0, size, start, 0, size)).isTrue();
    assertThat(Arrays.equals(after, start)).isFalse();
    assertThat(recall.parameters().parameter(first).frozen()).isFalse();
  }

  @Test
  void aHoldBelowZeroIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> steps(descent(), -1, 1))
        .withMessageContaining("0 or more");
  }
}
