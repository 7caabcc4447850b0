package dev.carousel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model that is replaced again and again while others read it. */
class ReplacedWhileReadTest {
  private static final int REPLACEMENTS = 150;

  @TempDir Path parent;

  @Test
  @Timeout(60)
  void aReaderSeesOneModelOrIsToldToOpenItAgain() throws Exception {
    Path directory = parent.resolve("model");
    ModelDirectory.write(directory, ModelSamples.contents(0));
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<?> writing =
          writer.submit(
              () -> {
                for (int n = 1; n <= REPLACEMENTS; n++) {
                  ModelDirectory.write(directory, ModelSamples.contents(n));
                }
              });
      int read = 0;
      while (!writing.isDone()) {
        read += readsOneModel(directory);
      }
      writing.get();
      assertThat(read).isPositive();
      assertThat(readsOneModel(directory)).isEqualTo(1);
    } finally {
      writer.shutdownNow();
    }
  }

  private static int readsOneModel(Path directory) {
    try {
      ModelDirectory model = ModelDirectory.open(directory);
      int n = model.config(ModelSamples.Config.class).layers().get(0).size() - 1;
      String vocabulary = model.text("vocabulary.txt");
      try (SafeTensors weights = model.weights()) {
        assertThat(weights.floats("table")).containsOnly(n);
      }
      assertThat(vocabulary).endsWith("\n" + n + "\n");
      return 1;
    } catch (StoreException e) {
      return 0; // told to open it again; a wrong value would have failed above
    }
  }
}
