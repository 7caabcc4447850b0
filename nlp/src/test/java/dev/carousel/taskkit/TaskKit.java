package dev.carousel.taskkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.model.Start;
import dev.carousel.spi.Availability.Unavailable;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.taskkit.KitTask.Outcome;
import dev.carousel.taskkit.StoppingListener.StopAt;
import dev.carousel.text.Extent;
import dev.carousel.train.StopSignal;
import dev.carousel.train.TrainingEvent.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
  private static final int LONG = 10_000;

  /** Single precision, added up in another order, over a few dozen operations. */
  private static final double ROUNDING = 1e-4;

  /** The same after a dozen steps of Adam, which divides small gradients by their size. */
  private static final double TRAINED = 1e-2;

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

  /** The model that most tests ask. */
  final M trained() {
    return trained;
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
  void tenThousandTokensAreReadToTheEndAndDoNotChangeTheOthersAnswers() {
    String word = task.ordinaryTexts().get(0).split(" ", -1)[0];
    requireReadWithOthers(String.join(" ", Collections.nCopies(LONG, word)), LONG);
  }

  @Test
  void tenThousandChineseCharactersAreReadToTheEndAndDoNotChangeTheOthersAnswers() {
    int first = 0x4E00; // 一, the first of the block; the next twenty thousand are ideographs too
    String text = new String(IntStream.range(first, first + LONG).toArray(), 0, LONG);
    requireReadWithOthers(text, task.tokensOfChinese(LONG));
  }

  private void requireReadWithOthers(String text, int tokens) {
    List<String> all = new ArrayList<>(task.ordinaryTexts());
    all.add(text);
    List<?> answers = task.answers(trained, all);
    assertThat(answers).hasSize(all.size()).doesNotContainNull();
    Extent extent = task.extent(answers.get(all.size() - 1));
    assertThat(extent.cut()).as(extent.toString()).isFalse();
    assertThat(extent.read()).isGreaterThanOrEqualTo(tokens);
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
    StoppingListener stopping = new StoppingListener(StopAt.END_OF_EPOCH, stop);
    Outcome<M> outcome = task.train(backend, 1000, t -> t.stopSignal(stop).listener(stopping));
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
  void aTrainingStoppedAfterAnEpochAndResumedGivesTheModelOfOneThatWasNot() throws Exception {
    try (M model = stoppedAndResumed(backend, StopAt.END_OF_EPOCH)) {
      assertThat(answers(model)).isEqualTo(answers(trained));
    }
  }

  @Test
  void aTrainingStoppedWithinAnEpochAndResumedGivesTheModelOfOneThatWasNot() throws Exception {
    try (M model = stoppedAndResumed(backend, StopAt.WITHIN_EPOCH)) {
      assertThat(answers(model)).isEqualTo(answers(trained));
    }
  }

  private M stoppedAndResumed(Backend on, StopAt where) throws Exception {
    Path checkpoint = directory.resolve(on.name() + "-" + where + ".safetensors");
    StopSignal stop = new StopSignal();
    StoppingListener stopping = new StoppingListener(where, stop);
    Outcome<M> stopped =
        task.train(
            on,
            EPOCHS,
            t -> t.checkpoint(checkpoint, Start.FRESH).stopSignal(stop).listener(stopping));
    stopped.model().close();
    assertThat(stopped.result().reason()).isEqualTo(Reason.INTERRUPTED);
    stopping.requireStoppedThere();
    Outcome<M> resumed = task.train(on, EPOCHS, t -> t.checkpoint(checkpoint, Start.RESUME));
    assertThat(resumed.result().reason()).isEqualTo(Reason.COMPLETED);
    return resumed.model();
  }

  static List<Backends.Entry> backends() {
    return Backends.report();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void everyBackendGivesTheReferencesAnswers(Backends.Entry entry) throws Exception {
    requireAvailable(entry);
    Path saved = directory.resolve("for-" + entry.name());
    task.save(trained, saved);
    try (Backend other = Backends.named(entry.name());
        M model = task.load(saved, other)) {
      assertThat(outlines(model)).isEqualTo(outlines(trained));
      requireClose(scores(model), scores(trained), ROUNDING);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void everyBackendTrainsAndResumesToWhatTheReferenceTrains(Backends.Entry entry) throws Exception {
    requireAvailable(entry);
    try (Backend other = Backends.named(entry.name());
        M whole = task.train(other, EPOCHS, t -> {}).model();
        M resumed = stoppedAndResumed(other, StopAt.WITHIN_EPOCH)) {
      assertThat(answers(resumed)).isEqualTo(answers(whole));
      requireClose(scores(whole), scores(trained), TRAINED);
    }
  }

  private static void requireAvailable(Backends.Entry entry) {
    if (entry.availability() instanceof Unavailable no) {
      Assumptions.abort(entry.name() + ": " + no.reason());
    }
  }

  private static void requireClose(List<Double> found, List<Double> expected, double tolerance) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      double e = expected.get(i);
      assertThat(found.get(i)).isCloseTo(e, within(tolerance * Math.max(1, Math.abs(e))));
    }
  }

  private List<String> outlines(M model) {
    return task.answers(model, task.ordinaryTexts()).stream().<String>map(task::outline).toList();
  }

  private List<Double> scores(M model) {
    return task.scores(model, task.ordinaryTexts());
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
