package dev.carousel.cpu.fused;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The library that is shipped to those who have no compiler. */
class PrebuiltLibraryTest {
  private static final Path SOURCES = Path.of("src/main/native");
  private static final Path PREBUILT = Path.of("src/main/prebuilt/linux-x86_64");

  @Test
  void itWasMadeFromTheSourcesAsTheyAre() throws Exception {
    assertThat(Files.readString(PREBUILT.resolve("sources.sha256")).strip())
        .as("the kernels' sources changed: run %s/prebuild.sh and commit what it writes", SOURCES)
        .isEqualTo(checksum());
    assertThat(PREBUILT.resolve("libcarousel.so")).isNotEmptyFile();
  }

  /**
   * As {@code prebuild.sh} computes it: all sources one after another, in the order of their names.
   */
  private static String checksum() throws Exception {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    for (Path source : sources()) {
      sha.update(Files.readAllBytes(source));
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files
          .filter(f -> f.getFileName().toString().matches(".*\\.(cpp|h)|build\\.sh"))
          .sorted()
          .toList();
    }
  }
}
