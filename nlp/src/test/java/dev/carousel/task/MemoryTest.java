package dev.carousel.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.carousel.spi.Availability.Unavailable;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the process holds outside the Java heap stays flat. Measured as resident memory less the
 * heap's committed part, which Linux and the JVM tell; the allowance covers compiled code and the
 * allocator's own habits, and is far below what a leak of one plan or one model a time would take.
 */
class MemoryTest {
  private static final long ALLOWANCE = 96L << 20;

  @TempDir private Path directory;

  @BeforeEach
  void needsLinuxAndOneDnn() {
    if (!Files.isReadable(Path.of("/proc/self/status"))) {
      abort("resident memory is read from /proc/self/status, which is not there");
    }
    for (Backends.Entry e : Backends.report()) {
      if (e.name().equals("cpu") && e.availability() instanceof Unavailable u) {
        abort("the cpu backend is not available: " + u.reason());
      }
    }
  }

  @Test
  void predictionsLeaveNothingBehind() throws IOException {
    predictions(300, 700);
  }

  @Test
  @Tag("full")
  void tenThousandPredictionsLeaveNothingBehind() throws IOException {
    predictions(1_000, 10_000);
  }

  @Test
  void modelsLeaveNothingBehind() throws IOException {
    cycles(3, 6);
  }

  @Test
  @Tag("full")
  void oneHundredModelsLeaveNothingBehind() throws IOException {
    cycles(10, 100);
  }

  private static void predictions(int warmUp, int counted) throws IOException {
    try (Backend backend = Backends.named("cpu");
        TextClassifier model =
            TextClassifier.train(
                Synthetic.colours(60, 1), Synthetic.colours(20, 2), Synthetic.tiny(1), backend)) {
      predict(model, warmUp);
      long before = outsideTheHeap();
      predict(model, counted);
      assertThat(outsideTheHeap() - before)
          .as("bytes after %d predictions", counted)
          .isLessThan(ALLOWANCE);
    }
  }

  /** Texts of many lengths, so that plans come and go. */
  private static void predict(TextClassifier model, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(model.predict("the red house ".repeat(1 + i * 7 % 150)).label()).isNotEmpty();
    }
  }

  private void cycles(int warmUp, int counted) throws IOException {
    for (int i = 0; i < warmUp; i++) {
      trainSaveLoadClose(i);
    }
    long before = outsideTheHeap();
    for (int i = 0; i < counted; i++) {
      trainSaveLoadClose(warmUp + i);
    }
    assertThat(outsideTheHeap() - before)
        .as("bytes after %d models", counted)
        .isLessThan(ALLOWANCE);
  }

  private void trainSaveLoadClose(int turn) {
    Path saved = directory.resolve("model-" + turn);
    try (Backend backend = Backends.named("cpu")) {
      try (TextClassifier model =
          TextClassifier.train(
              Synthetic.colours(60, turn), Synthetic.colours(20, 2), Synthetic.tiny(1), backend)) {
        model.save(saved);
      }
      try (TextClassifier loaded = TextClassifier.load(saved, backend)) {
        assertThat(loaded.predict("a red house").label()).isNotEmpty();
      }
    }
  }

  private static long outsideTheHeap() throws IOException {
    System.gc();
    Runtime java = Runtime.getRuntime();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        long resident = Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        return resident - java.totalMemory();
      }
    }
    throw new IOException("no VmRSS in /proc/self/status");
  }
}
