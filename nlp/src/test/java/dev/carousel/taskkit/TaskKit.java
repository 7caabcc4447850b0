package dev.carousel.taskkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.model.Start;
import dev.carousel.spi.Availability.Available;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.taskkit.KitTask.Outcome;
import dev.carousel.train.StopSignal;
import dev.carousel.train.TrainingEvent;
import dev.carousel.train.TrainingEvent.Reason;
import dev.carousel.train.TrainingListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every task promises. A task's test extends this with a {@link KitTask}; more tests of its
 * own go elsewhere.
 *
 * @param <M> the task's model
 */
@SuppressWarnings("try") // a model's close may throw anything, for all that Java knows
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TaskKit<M extends AutoCloseable> {
  private static final int EPOCHS = 3;

  private final KitTask<M> task;
  private Backend backend;
  private M trained;

  @TempDir private Path directory;

  /** The kit for a task. */
  protected TaskKit(KitTask<M> task) {
    this.task = task;
  }

  @BeforeAll
  void train() {
    backend = Backends.named("reference");
    trained = task.train(backend, EPOCHS, trainer -> {}).model();
  }

  @AfterAll
  void close() throws Exception {
    trained.close();
    backend.close();
  }

  @Test
  void savedAndLoadedItAnswersTheSameToTheBit() throws Exception {
    task.save(trained, directory.resolve("model"));
    try (M loaded = task.load(directory.resolve("model"), backend)) {
      assertThat(answers(loaded)).isEqualTo(answers(trained));
    }
  }

  private List<Object> answers(M model) {
    return new ArrayList<>(task.answers(model, task.ordinaryTexts()));
  }

  @Test
  void theSameSeedTrainsTheSameModel() throws Exception {
    try (M again = task.train(backend, EPOCHS, trainer -> {}).model()) {
      assertThat(answers(again)).isEqualTo(answers(trained));
    }
  }

  @Test
  void anEmptyTextIsAnswered() {
    assertThat(task.answers(trained, List.of(""))).hasSize(1).doesNotContainNull();
    assertThat(task.answers(trained, List.of("", task.ordinaryTexts().get(0), ""))).hasSize(3);
    assertThat(task.answers(trained, List.of())).isEmpty();
  }

  @Test
  void oneCharacterIsAnswered() {
    List<String> single = List.of("a", "中", "!", "\u0301", " ", "\uD83D");
    assertThat(task.answers(trained, single)).hasSize(6).doesNotContainNull();
  }

  @Test
  void tenThousandTokensAreAnsweredAndDoNotChangeTheOthersAnswers() {
    String word = task.ordinaryTexts().get(0).split(" ", 2)[0];
    String text = String.join(" ", Collections.nCopies(10_000, word));
    List<String> all = new ArrayList<>(task.ordinaryTexts());
    all.add(text);
    List<?> answers = task.answers(trained, all);
    assertThat(answers).hasSize(all.size()).doesNotContainNull();
    List<?> without = task.answers(trained, task.ordinaryTexts());
    for (int i = 0; i < without.size(); i++) {
      assertThat(task.outline(answers.get(i))).isEqualTo(task.outline(without.get(i)));
    }
  }

  @Test
  void emojiAndMixedScriptsAreAnswered() {
    List<String> mixed =
        List.of(
            "👩‍👩‍👧 loves 🇨🇳 and café",
            "我 love 東京 и Москва و القاهرة",
            "ｆｕｌｌ　ｗｉｄｔｈ １２３",
            "e\u0301 \u200b\u0000\u0007 tab\tline\nbreak");
    assertThat(task.answers(trained, mixed)).hasSize(4).doesNotContainNull();
  }

  @Test
  void manyThreadsShareOneModelAndGetOneThreadsAnswers() throws Exception {
    List<Object> alone = answers(trained);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<Object>>> calls = Collections.nCopies(16, () -> answers(trained));
      for (Future<List<Object>> answers : threads.invokeAll(calls)) {
        assertThat(answers.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aStopSignalEndsTrainingEarlyAndTheModelStillAnswers() throws Exception {
    StopSignal stop = new StopSignal();
    Outcome<M> outcome =
        task.train(backend, 1000, t -> t.stopSignal(stop).listener(afterOneEpoch(stop)));
    try (M model = outcome.model()) {
      assertThat(outcome.result().reason()).isEqualTo(Reason.INTERRUPTED);
      assertThat(outcome.result().epochs()).isLessThan(3);
      assertThat(answers(model)).doesNotContainNull();
    }
  }

  @Test
  void aDeadlineEndsTraining() throws Exception {
    StopSignal stop = StopSignal.after(Duration.ofMillis(300));
    Outcome<M> outcome = task.train(backend, 1_000_000, t -> t.stopSignal(stop));
    try (M model = outcome.model()) {
      assertThat(outcome.result().reason()).isEqualTo(Reason.INTERRUPTED);
      assertThat(answers(model)).doesNotContainNull();
    }
  }

  @Test
  void aStoppedTrainingThatIsResumedGivesTheModelOfOneThatWasNot() throws Exception {
    Path checkpoint = directory.resolve("checkpoint.safetensors");
    StopSignal stop = new StopSignal();
    Outcome<M> stopped =
        task.train(
            backend,
            EPOCHS,
            t ->
                t.checkpoint(checkpoint, Start.FRESH)
                    .stopSignal(stop)
                    .listener(afterOneEpoch(stop)));
    stopped.model().close();
    assertThat(stopped.result().reason()).isEqualTo(Reason.INTERRUPTED);
    Outcome<M> resumed = task.train(backend, EPOCHS, t -> t.checkpoint(checkpoint, Start.RESUME));
    try (M model = resumed.model()) {
      assertThat(resumed.result().reason()).isEqualTo(Reason.COMPLETED);
      assertThat(answers(model)).isEqualTo(answers(trained));
    }
  }

  private static TrainingListener afterOneEpoch(StopSignal stop) {
    return new TrainingListener() {
      @Override
      public void onEpochEnd(TrainingEvent.EpochEnded event) {
        stop.request();
      }
    };
  }

  @Test
  void everyBackendGivesTheReferencesAnswers() throws Exception {
    task.save(trained, directory.resolve("model"));
    List<String> expected = outlines(trained);
    for (Backends.Entry entry : Backends.report()) {
      if (entry.availability() instanceof Available) {
        try (Backend other = Backends.named(entry.name());
            M model = task.load(directory.resolve("model"), other)) {
          assertThat(outlines(model)).as(entry.name()).isEqualTo(expected);
        }
      }
    }
  }

  private List<String> outlines(M model) {
    return task.answers(model, task.ordinaryTexts()).stream().<String>map(task::outline).toList();
  }

  @Test
  void aClosedModelRefusesToAnswer() throws Exception {
    M model = task.train(backend, 1, trainer -> {}).model();
    model.close();
    assertThatThrownBy(() -> task.answers(model, task.ordinaryTexts()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
