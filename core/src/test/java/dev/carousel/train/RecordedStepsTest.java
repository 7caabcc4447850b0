package dev.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Plans;
import dev.carousel.autograd.Tape;
import dev.carousel.nn.CellVariant;
import dev.carousel.nn.CellWiring;
import dev.carousel.rnn.Cell;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.tensor.Tensor;
import dev.carousel.train.Recall.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** R10: recorded steps give the bits of eager ones, with graphs and without. */
class RecordedStepsTest {
  private static final int SHAPES = 3;

  /** Ragged and full batches of few shapes, so that each comes often enough to be replayed. */
  private static BatchSource<Batch> fewShapes() {
    return epoch -> {
      List<Batch> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        long seed = 100L * epoch + i;
        int steps = 4 + i % SHAPES;
        all.add(i % 4 == 3 ? Batch.random(seed, steps, 5) : Batch.ragged(seed, steps, 5));
      }
      return Batches.of(all);
    };
  }

  private static TrainingSettings settings() {
    return TrainingSettings.of(Adam.DEFAULT, new CosineDecay(0.05, 0, 40, Schedule.Unit.STEP), 4)
        .withClipNorm(0.5);
  }

  /** The same task in one part, as far as a trainer can see. */
  private record Whole(Recall recall) implements TrainingTask<Batch> {
    @Override
    public Tensor loss(Ops ops, Batch batch, double weight) {
      return recall.loss(ops, batch, weight);
    }

    @Override
    public double rows(Batch batch) {
      return recall.rows(batch);
    }

    @Override
    public long tokens(Batch batch) {
      return recall.tokens(batch);
    }
  }

  private interface Kind {
    TrainingTask<Batch> of(Recall recall);
  }

  private static float[] trained(Backend backend, Kind kind, TrainingSettings settings) {
    return trained(backend, kind, CellVariant.PLAIN, settings);
  }

  private static float[] trained(
      Backend backend, Kind kind, CellVariant variant, TrainingSettings settings) {
    try (Recall recall = new Recall(backend, Cell.LSTM, variant, 0.3, 5)) {
      Trainer.of(recall.parameters(), kind.of(recall), fewShapes()).settings(settings).run();
      return recall.parameters().download();
    }
  }

  private static Backend reference() {
    return Backends.named("reference", 2);
  }

  @Test
  void r10_replayedStepsWithDropoutAndOtherLengthsGiveTheBitsOfEagerOnes() {
    float[] eager = trained(reference(), Whole::new, settings());
    GraphBackend graphs = new GraphBackend();
    assertThat(trained(graphs.around(reference()), r -> r, settings())).containsExactly(eager);
    // six shapes, each launched plainly once and recorded once, and one update likewise
    assertThat(graphs.recordings()).isEqualTo(2 * SHAPES + 1);
    assertThat(graphs.replays()).isEqualTo(48 - 4 * SHAPES + 48 - 2);
    assertThat(trained(reference(), r -> r, settings())).containsExactly(eager);
  }

  @ParameterizedTest
  @EnumSource(CellWiring.class)
  void r10_replayedStepsOfUnrolledCellsWithOtherLengthsGiveTheBitsOfEagerOnes(CellWiring wiring) {
    CellVariant variant = CellVariant.of(wiring).withDropout(0.2, 0.1).withZoneout(0.1, 0.2);
    float[] eager = trained(reference(), Whole::new, variant, settings());
    GraphBackend graphs = new GraphBackend();
    assertThat(trained(graphs.around(reference()), r -> r, variant, settings()))
        .containsExactly(eager);
    assertThat(graphs.replays()).isGreaterThan(60);
  }

  @Test
  void r10_replayedStepsOfSeveralBatchesGiveTheBitsOfEagerOnes() {
    TrainingSettings accumulating = settings().withAccumulation(5);
    float[] eager = trained(reference(), Whole::new, accumulating);
    GraphBackend graphs = new GraphBackend();
    assertThat(trained(graphs.around(reference()), r -> r, accumulating)).containsExactly(eager);
    // the two batches that are left at the end of an epoch have another share
    assertThat(graphs.replays()).isGreaterThan(20);
  }

  @Test
  void r10_replayedStepsWhoseLayersThawGiveTheBitsOfEagerOnes() {
    TrainingSettings thawing =
        settings()
            .withGroups(
                LayerGroups.of(LayerGroup.of("head"), LayerGroup.of("rnn", "embedding"))
                    .gradual()
                    .discriminative(2.6));
    float[] eager = trained(reference(), Whole::new, thawing);
    GraphBackend graphs = new GraphBackend();
    assertThat(trained(graphs.around(reference()), r -> r, thawing)).containsExactly(eager);
    assertThat(graphs.replays()).isGreaterThan(60);
  }

  @Test
  void r10_replayedWindowsWithACarriedStateGiveTheBitsOfEagerOnes() {
    GraphBackend graphs = new GraphBackend();
    float[] replayed = windows(new Windows(graphs.around(reference())), w -> w);
    float[] eager = windows(new Windows(reference()), WholeWindows::new);
    assertThat(replayed).containsExactly(eager);
    assertThat(graphs.replays()).isGreaterThan(10);
  }

  private static float[] windows(Windows task, UnaryOperator<TrainingTask<Windows.Window>> seenAs) {
    try (task) {
      Trainer.of(task.parameters(), seenAs.apply(task), Windows::epoch)
          .settings(TrainingSettings.of(Adam.DEFAULT, new ConstantRate(0.01), 8).withClipNorm(0.5))
          .run();
      return task.parameters().download();
    }
  }

  /** The same windows in one part. */
  private record WholeWindows(TrainingTask<Windows.Window> task)
      implements TrainingTask<Windows.Window> {
    @Override
    public Tensor loss(Ops ops, Windows.Window batch, double weight) {
      return task.loss(ops, batch, weight);
    }

    @Override
    public double rows(Windows.Window batch) {
      return task.rows(batch);
    }

    @Override
    public CarriedState carried() {
      return Objects.requireNonNull(task.carried());
    }

    @Override
    public boolean startsAnew(Windows.Window batch) {
      return task.startsAnew(batch);
    }

    @Override
    public double rateFactor(Windows.Window batch) {
      return task.rateFactor(batch);
    }

    @Override
    public long tokens(Windows.Window batch) {
      return task.tokens(batch);
    }
  }

  @Test
  void theLeastRecentlyUsedRecordingsAndPlansAreGivenUp() {
    GraphBackend graphs = new GraphBackend();
    Backend backend = graphs.around(reference());
    try (Recall recall = new Recall(backend, Cell.GRU, 0, 5);
        Plans plans = new Plans(backend.rnn(), 1);
        Tape tape = new Tape(backend, plans, 16L << 20, 1);
        LossMeter meter = new LossMeter(backend);
        RecordedPasses<Batch, Recall.Tensors> passes =
            new RecordedPasses<>(recall, tape, meter, 3)) {
      for (int round = 0; round < 4; round++) {
        for (int steps : new int[] {3, 4, 3, 5, 3, 6, 3, 7}) {
          passes.run(Batch.ragged(steps + 10L * round, steps, 2), 1);
        }
      }
      assertThat(passes.size()).isEqualTo(3);
      // only the shape that comes every other time is ever recorded
      assertThat(graphs.recordings()).isEqualTo(1);
      assertThat(graphs.replays()).isEqualTo(14);
      // those of three recordings, and of the next one at most
      assertThat(plans.describe()).hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void aTaskThatUploadsWithinItsLaunchesIsFoundWhenItIsRecorded() {
    GraphBackend graphs = new GraphBackend();
    Backend backend = graphs.around(reference());
    try (Recall recall = new Recall(backend, Cell.GRU, 0, 5);
        Plans plans = new Plans(backend.rnn(), 4);
        Tape tape = new Tape(backend, plans, 16L << 20, 1);
        LossMeter meter = new LossMeter(backend)) {
      Recordable wrong =
          new Recordable(
              backend.capture(),
              () -> {
                tape.begin();
                meter.add(recall.loss(tape, Batch.random(1, 3, 2), 1));
              });
      wrong.run();
      assertThatThrownBy(wrong::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("upload");
    }
  }
}
