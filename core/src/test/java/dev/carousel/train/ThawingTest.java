package dev.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.rnn.Cell;
import dev.carousel.store.StoreException;
import dev.carousel.train.RecallRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that start late: what they do while they wait, and in a run that is resumed. */
class ThawingTest {
  private static final Housekeeping OFTEN =
      Housekeeping.DEFAULT.withReadEvery(4).withCheckpointEvery(2);

  /** The head from the beginning, the network from epoch 1, the embedding from epoch 2. */
  private static final TrainingSettings SETTINGS =
      RecallRun.SETTINGS
          .withClipping(new Clipping(0.05, 0.5))
          .withGroups(
              LayerGroups.of(
                      LayerGroup.of("head"), LayerGroup.of("rnn"), LayerGroup.of("embedding"))
                  .gradual()
                  .discriminative(2.6));

  @TempDir private static Path shared;
  private static Outcome whole;
  private static byte[] checkpoint;

  @BeforeAll
  static void runWithoutInterruption() throws IOException {
    Path file = shared.resolve("whole");
    whole = new RecallRun(file).settings(SETTINGS).housekeeping(OFTEN).resume();
    checkpoint = Files.readAllBytes(file);
  }

  static Stream<Integer> someBatches() {
    return IntStream.range(0, RecallRun.BATCHES * RecallRun.EPOCHS).filter(i -> i % 3 == 1).boxed();
  }

  @ParameterizedTest
  @MethodSource("someBatches")
  void aRunKilledInAnyEpochResumesExactly(int batch, @TempDir Path directory) throws IOException {
    Path file = directory.resolve("checkpoint");
    RecallRun killed =
        new RecallRun(file).settings(SETTINGS).housekeeping(OFTEN).killedBefore(batch + 1);
    assertThatThrownBy(killed::resume).isInstanceOf(RecallRun.Kill.class);
    Outcome resumed = new RecallRun(file).settings(SETTINGS).housekeeping(OFTEN).resume();
    assertThat(resumed.values()).containsExactly(whole.values());
    assertThat(resumed.result()).isEqualTo(whole.result());
    assertThat(Files.readAllBytes(file)).isEqualTo(checkpoint);
  }

  @Test
  void layersThatWaitAreLeftAsTheyWereAndFrozenNoLongerThanTheRun() {
    try (Recall recall = new Recall(Cell.LSTM, 0.2, 3)) {
      ParameterSet set = recall.parameters();
      set.freeze(p -> p.name().equals("head.bias"));
      float[] start = set.download();
      Trainer.of(set, recall, Recall.batches(4))
          .settings(
              TrainingSettings.of(AdamW.DEFAULT, new ConstantRate(0.01), 2)
                  .withGroups(
                      LayerGroups.of(
                          LayerGroup.of(""),
                          LayerGroup.of("rnn").from(1),
                          LayerGroup.of("embedding").frozen())))
          .run();
      float[] end = set.download();
      for (Parameter p : set.parameters()) {
        boolean waited = p.name().equals("head.bias") || p.name().startsWith("embedding");
        assertThat(changed(p, start, end)).as(p.name()).isEqualTo(!waited);
        assertThat(p.frozen()).isEqualTo(p.name().equals("head.bias"));
      }
    }
  }

  private static boolean changed(Parameter p, float[] before, float[] after) {
    return IntStream.range((int) p.offset(), (int) (p.offset() + p.shape().size()))
        .anyMatch(i -> before[i] != after[i]);
  }

  @Test
  void aRunInWhichNothingLearnsIsRefused() {
    try (Recall recall = new Recall(Cell.LSTM, 0, 3)) {
      Trainer<Recall.Batch> trainer =
          Trainer.of(recall.parameters(), recall, Recall.batches(4))
              .settings(
                  TrainingSettings.of(Sgd.PLAIN, new ConstantRate(0.01), 2)
                      .withGroups(LayerGroups.of(LayerGroup.of("").from(1))));
      assertThatIllegalArgumentException()
          .isThrownBy(trainer::run)
          .withMessageContaining("every parameter is frozen in epoch 0");
    }
  }

  @Test
  void otherGroupsAndOtherFrozenParametersAreRefused(@TempDir Path directory) {
    Path file = directory.resolve("checkpoint");
    new RecallRun(file).settings(SETTINGS).resume();
    TrainingSettings alike = SETTINGS.withGroups(LayerGroups.ALL_ALIKE);
    assertThatThrownBy(() -> new RecallRun(file).settings(alike).resume())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("groups is LayerGroups");
    try (Recall recall = new Recall(Cell.LSTM, 0.2, 3)) {
      recall.parameters().freeze(p -> p.name().equals("head.bias"));
      Trainer<Recall.Batch> trainer =
          Trainer.of(recall.parameters(), recall, Recall.batches(RecallRun.BATCHES))
              .settings(SETTINGS)
              .evaluator(java.util.Map::of)
              .checkpoint(file);
      assertThatThrownBy(trainer::resume)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("frozen parameters are []")
          .hasMessageContaining("[head.bias]");
    }
  }
}
