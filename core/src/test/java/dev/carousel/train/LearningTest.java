package dev.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.rnn.Cell;
import dev.carousel.train.Recall.Batch;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models learn: the smallest proof that gradients, updates and the loop belong together. */
class LearningTest {
  private static final int STEPS = 10;
  private static final int ROWS = 32;

  static Stream<Arguments> cellsAndRules() {
    return Stream.of(Cell.LSTM, Cell.GRU, Cell.GRU_RESET_BEFORE, Cell.RNN_TANH)
        .flatMap(
            cell ->
                Stream.of(
                    Arguments.of(cell, Adam.DEFAULT, 0.01),
                    Arguments.of(cell, AdamW.DEFAULT, 0.01),
                    Arguments.of(cell, Sgd.nesterov(0.9), 0.1)));
  }

  @ParameterizedTest(name = "{0} with {1}")
  @MethodSource("cellsAndRules")
  void theFirstWordOfTenIsRemembered(Cell cell, UpdateRule rule, double rate) {
    try (Recall recall = new Recall(cell, 0, 3)) {
      Batch unseen = Batch.random(-1, STEPS, 500);
      assertThat(recall.measure(unseen).get("accuracy")).isLessThan(0.4);
      Trainer.of(recall.parameters(), recall, LearningTest::epoch)
          .settings(TrainingSettings.of(rule, new ConstantRate(rate), 8).withClipNorm(1))
          .run();
      assertThat(recall.measure(unseen).get("accuracy")).isGreaterThan(0.95);
    }
  }

  private static Batches<Batch> epoch(int epoch) {
    return new Batches<>() {
      @Override
      public int size() {
        return 50;
      }

      @Override
      public Batch get(int index) {
        return Batch.random(1000L * epoch + index, STEPS, ROWS);
      }
    };
  }
}
