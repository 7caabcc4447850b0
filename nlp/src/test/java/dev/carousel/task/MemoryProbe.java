package dev.carousel.task;

import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that does the same thing over and over on the cpu backend and prints by how many bytes
 * its resident memory grew after a warm-up. It is started with a Java heap that is of one size and
 * resident from the beginning, so that what grows lies outside of the heap. Arguments: {@code
 * predictions} or {@code models}, turns of warm-up, turns that count, a folder.
 */
final class MemoryProbe {
  private final Path directory;

  private MemoryProbe(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] arguments) throws IOException {
    MemoryProbe probe = new MemoryProbe(Path.of(arguments[3]));
    int warmUp = Integer.parseInt(arguments[1]);
    int counted = Integer.parseInt(arguments[2]);
    long growth =
        arguments[0].equals("models")
            ? probe.models(warmUp, counted)
            : probe.predictions(warmUp, counted);
    System.out.println(growth);
  }

  private long predictions(int warmUp, int counted) throws IOException {
    try (Backend backend = Backends.named("cpu");
        TextClassifier model =
            TextClassifier.train(
                Synthetic.colours(60, 1), Synthetic.colours(20, 2), Synthetic.tiny(1), backend)) {
      predict(model, warmUp);
      long before = resident();
      predict(model, counted);
      return resident() - before;
    }
  }

  /** Texts of many lengths, so that plans come and go. */
  private static void predict(TextClassifier model, int times) {
    for (int i = 0; i < times; i++) {
      if (model.predict("the red house ".repeat(1 + i * 7 % 150)).label().isEmpty()) {
        throw new IllegalStateException("no label for text " + i);
      }
    }
  }

  private long models(int warmUp, int counted) throws IOException {
    for (int i = 0; i < warmUp; i++) {
      trainSaveLoadClose(i);
    }
    long before = resident();
    for (int i = 0; i < counted; i++) {
      trainSaveLoadClose(warmUp + i);
    }
    return resident() - before;
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
        if (loaded.predict("a red house").label().isEmpty()) {
          throw new IllegalStateException("no label from model " + turn);
        }
      }
    }
  }

  private static long resident() throws IOException {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
      }
    }
    throw new IOException("no VmRSS in /proc/self/status");
  }
}
