package dev.carousel.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damages models in thousands of seeded ways. Reading must answer with a {@link StoreException} or
 * with the model, never with another exception, and never take memory beyond the files' own size.
 */
class MutatedModelTest {
  private static final int ROUNDS = 250;
  private static final long MAX_BYTES_ALLOCATED = 16L << 20;

  @TempDir Path parent;
  private SortedMap<String, byte[]> original;

  /** What a reader sees of a model. */
  private record Seen(
      ModelSamples.Config config,
      Provenance provenance,
      String vocabulary,
      List<Long> shape,
      List<Float> table) {}

  @BeforeEach
  void writeModel() throws IOException {
    Path directory = parent.resolve("original");
    ModelDirectory.write(directory, ModelSamples.contents(3));
    original = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        original.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
  }

  @ParameterizedTest(name = "{0}, seed 7")
  @EnumSource
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aDamagedModelIsRefusedOrReadUnchanged(Mutation mutation) throws IOException {
    Random random = new Random(7);
    Seen expected = see(original);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      SortedMap<String, byte[]> files = damaged(mutation, random);
      try {
        // Only the manifest's own blanks and the like may differ without being noticed.
        assertThat(see(files)).as("round %d", round).isEqualTo(expected);
        assertThat(withoutManifest(files)).isEqualTo(withoutManifest(original));
      } catch (StoreException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(ROUNDS / 2);
  }

  @ParameterizedTest(name = "{0}, seed 8")
  @EnumSource
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aForgedModelWithRightChecksumsThrowsNothingButStoreExceptions(Mutation mutation)
      throws IOException {
    Random random = new Random(8);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      SortedMap<String, byte[]> files = damaged(mutation, random);
      files.remove(Manifest.FILE);
      Path directory = store(files);
      Manifest manifest = Manifest.of(directory, files.keySet());
      Files.writeString(directory.resolve(Manifest.FILE), StrictJson.write(manifest));
      try {
        read(directory);
      } catch (StoreException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private SortedMap<String, byte[]> damaged(Mutation mutation, Random random) {
    SortedMap<String, byte[]> files = new TreeMap<>(original);
    List<String> names = List.copyOf(files.keySet());
    mutation.apply(files, names.get(random.nextInt(names.size())), random);
    return files;
  }

  private Seen see(SortedMap<String, byte[]> files) throws IOException {
    return read(store(files));
  }

  private static List<Object> withoutManifest(SortedMap<String, byte[]> files) {
    return files.entrySet().stream()
        .filter(file -> !file.getKey().equals(Manifest.FILE))
        .<Object>map(file -> file.getKey() + Arrays.toString(file.getValue()))
        .toList();
  }

  private Path store(SortedMap<String, byte[]> files) throws IOException {
    Path directory = parent.resolve("damaged");
    Files.createDirectories(directory);
    for (String name : original.keySet()) {
      Files.deleteIfExists(directory.resolve(name));
    }
    for (var file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
    return directory;
  }

  private static Seen read(Path directory) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      return readAll(directory);
    } finally {
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).as("bytes allocated").isLessThan(MAX_BYTES_ALLOCATED);
    }
  }

  private static Seen readAll(Path directory) {
    ModelDirectory model = ModelDirectory.open(directory);
    try (SafeTensors weights = model.weights()) {
      float[] table = weights.floats("table");
      Float[] boxed = new Float[table.length];
      Arrays.setAll(boxed, i -> table[i]);
      return new Seen(
          model.config(ModelSamples.Config.class),
          model.provenance(),
          model.text("vocabulary.txt"),
          weights.tensor("table").shape(),
          List.of(boxed));
    }
  }
}
