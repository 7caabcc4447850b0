package dev.carousel.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path directory;

  @Test
  void replacesAFileAndLeavesNothingElse() throws IOException {
    Path file = directory.resolve("deep/er/config.json");
    AtomicFiles.writeString(file, "old");
    AtomicFiles.writeString(file, "größer");
    assertThat(Files.readString(file)).isEqualTo("größer");
    assertThat(names(file.getParent())).containsExactly("config.json");
  }

  @Test
  void keepsTheOldFileWhenTheContentFails() throws IOException {
    Path file = directory.resolve("a");
    AtomicFiles.writeString(file, "old");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      out.write(1);
                      throw new IllegalStateException("stop");
                    }));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      throw new IOException("disk full");
                    }))
        .withMessageContaining("disk full");
    assertThat(Files.readString(file)).isEqualTo("old");
    assertThat(names(directory)).containsExactly("a");
  }

  @Test
  void theOldContentIsReadableUntilTheNewIsComplete() throws IOException {
    Path file = directory.resolve("a");
    AtomicFiles.writeString(file, "old");
    AtomicFiles.write(
        file,
        out -> {
          out.write("ne".getBytes(UTF_8));
          out.flush();
          assertThat(Files.readString(file)).isEqualTo("old");
          out.write("w".getBytes(UTF_8));
        });
    assertThat(Files.readString(file)).isEqualTo("new");
  }

  @Test
  void removesWhatAKilledWriterLeft() throws IOException {
    Path file = directory.resolve("a");
    Files.writeString(directory.resolve(".a.tmp"), "half of a very long text");
    Files.writeString(directory.resolve(".a.lock"), "token of a dead process");
    AtomicFiles.writeString(file, "new");
    assertThat(Files.readString(file)).isEqualTo("new");
    assertThat(names(directory)).containsExactly("a");
  }

  @Test
  void refusesASecondWriterWhileTheFirstIsBusy() throws IOException {
    Path file = directory.resolve("a");
    AtomicFiles.write(
        file,
        out -> {
          assertThatExceptionOfType(StoreException.class)
              .isThrownBy(() -> AtomicFiles.writeString(file, "second"))
              .withMessageContaining("another thread or process is writing it");
          out.write("first".getBytes(UTF_8));
        });
    assertThat(Files.readString(file)).isEqualTo("first");
    AtomicFiles.writeString(file, "third");
    assertThat(Files.readString(file)).isEqualTo("third");
  }

  @Test
  void writesThroughASymbolicLink() throws IOException {
    Path real = Files.writeString(directory.resolve("real"), "old");
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    AtomicFiles.writeString(link, "new");
    assertThat(Files.readString(real)).isEqualTo("new");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void refusesADirectoryAsTargetOfAFile() throws IOException {
    Path target = Files.createDirectory(directory.resolve("d"));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> AtomicFiles.writeString(target, "x"));
    assertThat(names(directory)).containsExactly("d");
  }

  @Test
  void knowsThePublishedChecksumOfAbc() throws IOException {
    // FIPS 180-2, appendix B.1
    String expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertThat(Sha256.of("abc")).isEqualTo(expected);
    assertThat(Sha256.of(Files.writeString(directory.resolve("abc"), "abc"))).isEqualTo(expected);
  }

  private static Stream<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList().stream();
    }
  }
}
