package dev.carousel.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.carousel.spi.Availability.Unavailable;
import dev.carousel.spi.Backends;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a process holds outside the Java heap stays flat: the growth of its resident memory while
 * the heap keeps its size, in a process of its own. The allowance covers compiled code and the
 * allocator's own habits, and is far below what a leak of one plan or one model a time would take.
 */
class MemoryTest {
  private static final long ALLOWANCE = 64L << 20;

  @TempDir private Path directory;

  @BeforeEach
  void needsLinuxAndTheCpuBackend() {
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
  void predictionsLeaveNothingBehind() throws Exception {
    assertThat(growth("predictions", 300, 700)).isLessThan(ALLOWANCE);
  }

  @Test
  @Tag("full")
  void tenThousandPredictionsLeaveNothingBehind() throws Exception {
    assertThat(growth("predictions", 1_000, 10_000)).isLessThan(ALLOWANCE);
  }

  @Test
  void modelsLeaveNothingBehind() throws Exception {
    assertThat(growth("models", 3, 6)).isLessThan(ALLOWANCE);
  }

  @Test
  @Tag("full")
  void oneHundredModelsLeaveNothingBehind() throws Exception {
    assertThat(growth("models", 10, 100)).isLessThan(ALLOWANCE);
  }

  /** Bytes by which a {@link MemoryProbe} grew. */
  private long growth(String what, int warmUp, int counted)
      throws IOException, InterruptedException {
    Path errors = directory.resolve("errors.txt");
    Process probe =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms192m",
                "-Xmx192m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryProbe.class.getName(),
                what,
                Integer.toString(warmUp),
                Integer.toString(counted),
                directory.toString())
            .redirectError(errors.toFile())
            .start();
    String printed =
        new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(probe.waitFor()).as("exit code; %s", Files.readString(errors)).isZero();
    return Long.parseLong(printed);
  }
}
