package dev.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.train.TrainingEvent.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run in windows that was stopped after every single step ends with the bytes of one that was
 * not: the carried state, the average and what triggers it are in the checkpoint.
 */
class WindowsResumeTest {
  private static final int EPOCHS = 5;
  private static final int TRIGGER = 3;

  @TempDir private Path directory;

  /** Averaging begins after the fourth epoch: the metric is then worse than the first one's. */
  private static TrainingSettings settings() {
    return TrainingSettings.of(new AveragedSgd(1, 1e-3), new ConstantRate(0.5), EPOCHS)
        .withClipNorm(0.25)
        .withSelection(Selection.best("loss", Goal.MINIMIZE));
  }

  /** The metric depends on the epoch alone, so that a resumed run sees the same. */
  @SuppressWarnings("ArrayRecordComponent") // read one by one
  private record Run(TrainingResult result, float[] values) {
    static Run of(Path file, StopSignal stop, Runnable beforeBatch) {
      int[] epoch = {0};
      try (Windows task = new Windows()) {
        BatchSource<Windows.Window> source =
            e -> {
              epoch[0] = e;
              Batches<Windows.Window> all = Windows.epoch(e);
              return new Batches<>() {
                @Override
                public int size() {
                  return all.size();
                }

                @Override
                public Windows.Window get(int index) {
                  beforeBatch.run();
                  return all.get(index);
                }
              };
            };
        TrainingResult result =
            Trainer.of(task.parameters(), task, source)
                .settings(settings())
                .evaluator(() -> Map.of("loss", epoch[0] == TRIGGER ? 9.0 : 5.0 - epoch[0]))
                .checkpoint(file)
                .stopSignal(stop)
                .resume();
        return new Run(result, task.parameters().download());
      }
    }
  }

  @Test
  void stoppedAgainAndAgainItEndsAlike() throws IOException {
    Path once = directory.resolve("once");
    Path often = directory.resolve("often");
    Run whole = Run.of(once, new StopSignal(), () -> {});
    Run last;
    int runs = 0;
    do {
      StopSignal stop = new StopSignal();
      last = Run.of(often, stop, stop::request);
      runs++;
    } while (last.result().reason() == Reason.INTERRUPTED);
    assertThat(runs).isEqualTo(EPOCHS * Windows.AN_EPOCH);
    assertThat(last.values()).containsExactly(whole.values());
    assertThat(last.result()).isEqualTo(whole.result());
    assertThat(Files.readAllBytes(often)).isEqualTo(Files.readAllBytes(once));
  }
}
