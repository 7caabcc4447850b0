package dev.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.rnn.Cell;
import dev.carousel.store.StoreException;
import dev.carousel.train.RecallRun.Outcome;
import dev.carousel.train.TrainingEvent.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that was stopped or killed anywhere and resumed ends with the checkpoint file of one that
 * was not, byte by byte: parameters, moments, scalars, dropout, schedule, selection, losses, place.
 */
class ResumeTest {
  private static final int ALL_BATCHES = RecallRun.BATCHES * RecallRun.EPOCHS;

  private static final Housekeeping OFTEN =
      Housekeeping.DEFAULT.withReadEvery(4).withCheckpointEvery(2);

  @TempDir private static Path shared;
  private static Whole seldom;
  private static Whole often;

  @TempDir private Path directory;
  private Path file;

  /** A run that nothing file. */
  @SuppressWarnings("ArrayRecordComponent") // read one by one
  private record Whole(Outcome outcome, byte[] checkpoint) {
    static Whole of(Path file, RecallRun run) throws IOException {
      Outcome outcome = run.resume();
      return new Whole(outcome, Files.readAllBytes(file));
    }

    void assertSameEnd(Outcome resumed, Path file) throws IOException {
      assertThat(resumed.result()).isEqualTo(outcome.result());
      assertThat(resumed.values()).containsExactly(outcome.values());
      assertThat(Files.readAllBytes(file)).isEqualTo(checkpoint);
    }
  }

  @BeforeAll
  static void runWithoutInterruption() throws IOException {
    Path first = shared.resolve("seldom");
    seldom = Whole.of(first, new RecallRun(first));
    Path second = shared.resolve("often");
    often = Whole.of(second, new RecallRun(second).housekeeping(OFTEN));
  }

  @BeforeEach
  void nameFile() {
    file = directory.resolve("checkpoint");
  }

  /** Every batch of the run: between epochs, between steps, within accumulation. */
  static List<Integer> everyBatch() {
    return IntStream.rangeClosed(1, ALL_BATCHES).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("everyBatch")
  void stoppedAtAnyBatch(int batch) throws IOException {
    StopSignal stop = new StopSignal();
    Outcome part = new RecallRun(file).stop(stop).before(batch, stop::request).resume();
    assertThat(part.result().reason())
        .isEqualTo(batch > ALL_BATCHES - 2 ? Reason.COMPLETED : Reason.INTERRUPTED);
    seldom.assertSameEnd(new RecallRun(file).resume(), file);
  }

  @ParameterizedTest
  @MethodSource("everyBatch")
  void killedAtAnyBatch(int batch) throws IOException {
    RecallRun killed = new RecallRun(file).housekeeping(OFTEN).killedBefore(batch);
    assertThatThrownBy(killed::resume).isInstanceOf(RecallRun.Kill.class);
    often.assertSameEnd(new RecallRun(file).housekeeping(OFTEN).resume(), file);
  }

  @Test
  void stoppedAgainAndAgain() throws IOException {
    Outcome last;
    int runs = 0;
    do {
      StopSignal stop = new StopSignal();
      last = new RecallRun(file).stop(stop).before(1, stop::request).resume();
      runs++;
    } while (last.result().reason() == Reason.INTERRUPTED);
    assertThat(runs).isEqualTo(RecallRun.EPOCHS * RecallRun.STEPS_AN_EPOCH);
    seldom.assertSameEnd(last, file);
  }

  @Test
  void theLogIsThatOfAnUninterruptedRun() throws IOException {
    Path whole = directory.resolve("whole.csv");
    Path parts = directory.resolve("parts.csv");
    new RecallRun(directory.resolve("whole")).housekeeping(OFTEN).listener(log(whole)).resume();
    for (int batch = 1; batch < 8; batch += 3) {
      RecallRun killed =
          new RecallRun(file).housekeeping(OFTEN).listener(log(parts)).killedBefore(batch);
      assertThatThrownBy(killed::resume).isInstanceOf(RecallRun.Kill.class);
    }
    new RecallRun(file).housekeeping(OFTEN).listener(log(parts)).resume();
    assertThat(rows(parts)).hasSizeGreaterThan(40).isEqualTo(rows(whole));
  }

  private static CsvLog log(Path file) {
    return new CsvLog(file, InstantSource.fixed(Instant.EPOCH));
  }

  private static List<String> rows(Path log) throws IOException {
    return Files.readAllLines(log).stream().filter(r -> !r.contains("epoch_seconds")).toList();
  }

  @Test
  void anInterruptStopsTheRunAndIsPassedOn() throws IOException {
    Thread training = Thread.currentThread();
    Outcome part = new RecallRun(file).before(5, training::interrupt).resume();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(part.result().reason()).isEqualTo(Reason.INTERRUPTED);
    assertThat(part.result().steps()).isEqualTo(2);
    seldom.assertSameEnd(new RecallRun(file).resume(), file);
  }

  @Test
  void aFinishedRunIsNotTrainedAgain() {
    Outcome whole = new RecallRun(file).resume();
    Outcome again =
        new RecallRun(file).before(1, () -> Assertions.fail("a batch was read")).resume();
    assertThat(again.result()).isEqualTo(whole.result());
    assertThat(again.values()).containsExactly(whole.values());
  }

  @Test
  void aFinishedRunMayBeMadeLonger() throws IOException {
    TrainingSettings s = RecallRun.SETTINGS;
    new RecallRun(file)
        .settings(s.withLimits(new TrainingSettings.Limits(2, Long.MAX_VALUE, 2)))
        .resume();
    seldom.assertSameEnd(new RecallRun(file).resume(), file);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aRunLimitedInStepsEndsThereAndIsEvaluated(int steps) {
    TrainingSettings s = RecallRun.SETTINGS.withLimits(new TrainingSettings.Limits(4, steps, 0));
    Outcome o = new RecallRun(file).settings(s).resume();
    assertThat(o.result().reason()).isEqualTo(Reason.COMPLETED);
    assertThat(o.result().steps()).isEqualTo(steps);
    assertThat(o.result().best()).containsKeys("loss", "accuracy");
    Outcome again = new RecallRun(file).settings(s).resume();
    assertThat(again.result()).isEqualTo(o.result());
    assertThat(again.values()).containsExactly(o.values());
  }

  @Test
  void otherSettingsAreRefusedByName() {
    new RecallRun(file).resume();
    assertThatThrownBy(() -> new RecallRun(file).settings(RecallRun.SETTINGS.withSeed(12)).resume())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("seed is 11, asked for is 12")
        .hasMessageContaining(file.toString());
    assertThatThrownBy(
            () -> new RecallRun(file).settings(RecallRun.SETTINGS.withAccumulation(2)).resume())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("accumulation is 3, asked for is 2");
  }

  @Test
  void otherDataIsRefused() {
    new RecallRun(file).resume();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecallRun(file).source(Recall.batches(9)).resume())
        .withMessageContaining("had 8 batches")
        .withMessageContaining("has 9 now");
  }

  @Test
  void anotherModelIsRefusedByItsFirstDifference() {
    new RecallRun(file).resume();
    try (Recall other = new Recall(Cell.GRU, 0.2, 3)) {
      assertThatThrownBy(
              () ->
                  Trainer.of(other.parameters(), other, Recall.batches(8))
                      .settings(RecallRun.SETTINGS)
                      .evaluator(Map::of)
                      .checkpoint(file)
                      .resume())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("rnn.weight_ih_l0 [64, 8]")
          .hasMessageContaining("rnn.weight_ih_l0 [48, 8]");
    }
  }

  @Test
  void aDamagedCheckpointIsRefused() throws IOException {
    new RecallRun(file).resume();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> new RecallRun(file).resume())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("checksum");
  }
}
