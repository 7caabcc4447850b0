package dev.carousel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that keeps writing, at random moments, and looks at what it left. */
class KilledWriterTest {
  private static final String CHECKPOINT = "last.safetensors";
  private static final long SEED = 20261101;
  private static final int ROUNDS = 12;

  @TempDir Path directory;

  record State(int n) {}

  /** Writes checkpoint after checkpoint and model after model until it is killed. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      Path directory = Path.of(arguments[0]);
      for (int n = 0; ; n++) {
        write(directory, n);
        if (n == 0) {
          System.out.println("writing");
        }
      }
    }
  }

  private static void write(Path directory, int n) {
    float[] values = new float[20_000];
    Arrays.fill(values, n);
    Checkpoint.of(Map.of("values", values), new State(n)).save(directory.resolve(CHECKPOINT));
    ModelDirectory.write(directory.resolve("model"), ModelSamples.contents(n));
  }

  @Test
  void aKillAtAnyMomentLeavesALoadableCheckpointAndModel() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      writeAndKill(random.nextInt(60));
      requireWholeCheckpoint();
      requireWholeModel();
    }
    write(directory, 1);
    assertThat(names()).containsExactly(CHECKPOINT, "model");
  }

  private void writeAndKill(int milliseconds) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(process.getInputStream().read()).as("first byte of output").isEqualTo('w');
      Thread.sleep(milliseconds);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void requireWholeCheckpoint() {
    Path file = directory.resolve(CHECKPOINT);
    Checkpoint last = Checkpoint.load(file);
    int n = last.state(file, State.class).n();
    assertThat(last.floats().get("values")).hasSize(20_000).containsOnly(n);
  }

  private void requireWholeModel() {
    ModelDirectory model = ModelDirectory.open(directory.resolve("model"));
    int n = model.config(ModelSamples.Config.class).layers().get(0).size() - 1;
    assertThat(model.text("vocabulary.txt")).endsWith("\n" + n + "\n");
    try (SafeTensors weights = model.weights()) {
      assertThat(weights.floats("table")).hasSize(600).containsOnly(n);
    }
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList().stream();
    }
  }
}
