package dev.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.carousel.store.StoreException;
import dev.carousel.train.TrainingEvent.EpochEnded;
import dev.carousel.train.TrainingEvent.Evaluated;
import dev.carousel.train.TrainingEvent.Position;
import dev.carousel.train.TrainingEvent.Started;
import dev.carousel.train.TrainingEvent.Stepped;
import dev.carousel.train.TrainingEvent.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLogTest {
  private static final String HEADER = "step,epoch,time,set,name,value\r\n";
  private static final String TIME = "2026-11-01T12:00:00Z";
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-01T12:00:00.987654Z"));

  @TempDir Path directory;
  private Path file;
  private CsvLog log;

  @BeforeEach
  void start() {
    file = directory.resolve("run/log.csv");
    log = new CsvLog(file, CLOCK);
    log.onStart(new Started(at(0)));
  }

  private static Position at(int step) {
    return new Position(1, 2, step, 100, 100L + step);
  }

  private static Started resumedAt(int step) {
    return new Started(at(step));
  }

  @Test
  void writesOneNumberARow() {
    log.onStep(new Stepped(at(10), 312, 2.5, 1e-4, Double.NaN));
    log.onEvaluation(
        new Evaluated(at(10), "dev", Map.of("f1", 0.1, "loss", 1e7), Verdict.NOT_BETTER));
    log.onEpochEnd(new EpochEnded(at(10), 2.25, 0.5));
    assertLog(
        HEADER
            + row(110, "train,loss,2.5")
            + row(110, "train,learning_rate,1.0E-4")
            + row(110, "train,gradient_norm,NaN")
            + row(110, "train,tokens,312")
            + row(110, "dev,f1,0.1")
            + row(110, "dev,loss,1.0E7")
            + row(110, "train,epoch_loss,2.25")
            + row(110, "train,epoch_seconds,0.5"));
  }

  @Test
  void quotesNamesAsRfc4180Demands() {
    log.onEvaluation(
        new Evaluated(at(1), "a,b", Map.of("say \"x\"\r\ny", 1.0), Verdict.NOT_COMPARED));
    assertLog(HEADER + row(101, "\"a,b\",\"say \"\"x\"\"\r\ny\",1.0"));
    log.onStart(resumedAt(1));
    assertLog(HEADER + row(101, "\"a,b\",\"say \"\"x\"\"\r\ny\",1.0"));
  }

  @Test
  void aResumedRunDropsTheRowsBeyondItsCheckpoint() throws IOException {
    for (int step = 10; step <= 40; step += 10) {
      log.onEvaluation(new Evaluated(at(step), "dev", Map.of("f1", 0.5), Verdict.BEST));
    }
    Files.writeString(file, "150,1,2026-11-01T12", StandardOpenOption.APPEND);
    CsvLog resumed = new CsvLog(file, CLOCK);
    resumed.onStart(resumedAt(20));
    resumed.onEvaluation(new Evaluated(at(30), "dev", Map.of("f1", 0.75), Verdict.BEST));
    assertLog(HEADER + row(110, "dev,f1,0.5") + row(120, "dev,f1,0.5") + row(130, "dev,f1,0.75"));
  }

  @Test
  void aRowThatACrashCutOffIsDropped() throws IOException {
    Files.writeString(file, "101,1,2026-11-01T12:00:00Z,dev,f1,0.", StandardOpenOption.APPEND);
    log.onStart(resumedAt(50));
    assertLog(HEADER);
  }

  @Test
  void aNewRunReplacesTheRowsOfAnOldOne() {
    log.onEvaluation(new Evaluated(at(10), "dev", Map.of("f1", 0.5), Verdict.BEST));
    new CsvLog(file, CLOCK).onStart(new Started(new Position(0, 2, 0, 100, 0)));
    assertLog(HEADER);
  }

  @Test
  void refusesToTouchAForeignFile() throws IOException {
    Files.writeString(file, "name;grade\nMiller;1\n");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> log.onStart(resumedAt(0)))
        .withMessageContaining("is no training log");
    assertLog("name;grade\nMiller;1\n");
    Files.writeString(file, HEADER + "x,1\r\n");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> log.onStart(resumedAt(0)))
        .withMessageContaining("line 2 is no row of a log: x,1");
  }

  @Test
  void givesBackTheNumbersItWrote() {
    log.onEvaluation(
        new Evaluated(at(1), "a,b", Map.of("\"x\"\ny", Double.NaN, "f1", 0.1), Verdict.BEST));
    List<CsvLog.Row> rows = new ArrayList<>();
    CsvLog.read(file, rows::add);
    assertThat(rows)
        .containsExactly(
            new CsvLog.Row(101, 1, "a,b", "\"x\"\ny", Double.NaN),
            new CsvLog.Row(101, 1, "a,b", "f1", 0.1));
  }

  @Test
  void saysSoWhenTheLogDisappears() throws IOException {
    Files.delete(file);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> log.onEpochEnd(new EpochEnded(at(1), 1, 1)))
        .withMessageStartingWith(file + ": cannot be written");
  }

  /** Unlike AssertJ's own comparison of files, this one sees the line ends. */
  private void assertLog(String expected) {
    try {
      assertThat(Files.readString(file)).isEqualTo(expected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String row(int step, String rest) {
    return step + ",1," + TIME + "," + rest + "\r\n";
  }
}
