package dev.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.store.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed with SIGKILL while they train and write checkpoints. */
class KillTest {
  /** Milliseconds after the first checkpoint; the rest of the run takes about this long. */
  private static final int LONGEST_WAIT = 250;

  @TempDir private Path directory;

  @Test
  void threeKillsLeaveCheckpointsThatLoadAndTheResultOfNone() throws Exception {
    killAndResume(3, 20261101);
  }

  @Test
  @Tag("full")
  void twentyKillsLeaveCheckpointsThatLoadAndTheResultOfNone() throws Exception {
    killAndResume(20, 20261102);
  }

  private void killAndResume(int kills, long seed) throws Exception {
    Path whole = directory.resolve("whole");
    RecallRun.Outcome expected = KilledTraining.run(whole);
    Path parts = directory.resolve("parts");
    SplittableRandom random = new SplittableRandom(seed);
    int killed = 0;
    for (int run = 0; run < 4 * kills && killed < kills; run++) {
      Files.deleteIfExists(parts);
      Process training = start(parts);
      awaitFirstCheckpoint(training, parts);
      boolean ended = training.waitFor(random.nextInt(LONGEST_WAIT), TimeUnit.MILLISECONDS);
      training.destroyForcibly().waitFor();
      killed += ended ? 0 : 1;
      assertThat(Checkpoint.load(parts).floats()).as("seed " + seed).containsKey("parameters");
      RecallRun.Outcome resumed = KilledTraining.run(parts);
      assertThat(resumed.values()).as("seed " + seed).containsExactly(expected.values());
      assertThat(Files.readAllBytes(parts)).isEqualTo(Files.readAllBytes(whole));
    }
    assertThat(killed).as("runs that were killed before their end").isEqualTo(kills);
  }

  private static Process start(Path checkpoint) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledTraining.class.getName(),
            checkpoint.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void awaitFirstCheckpoint(Process training, Path checkpoint)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(checkpoint)) {
      assertThat(System.nanoTime()).as("a checkpoint within a minute").isLessThan(deadline);
      assertThat(training.isAlive()).as("the training process lives").isTrue();
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
