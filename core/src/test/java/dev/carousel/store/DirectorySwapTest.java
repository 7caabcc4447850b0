package dev.carousel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySwapTest {
  @TempDir Path parent;
  private Path target;

  @BeforeEach
  void writeOld() {
    target = parent.resolve("model");
    DirectorySwap.replace(target, holding("old"));
  }

  @Test
  void replacesEverythingAndLeavesNothingElse() throws IOException {
    Files.writeString(target.resolve("extra"), "of the old model");
    DirectorySwap.replace(target, holding("new"));
    assertThat(content(target)).isEqualTo("new");
    assertThat(names(target)).containsExactly("content");
    assertThat(names(parent)).containsExactly("model");
  }

  @Test
  void keepsTheOldDirectoryWhenTheContentFails() throws IOException {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(
            () ->
                DirectorySwap.replace(
                    target,
                    directory -> {
                      Files.writeString(directory.resolve("content"), "half");
                      throw new IOException("disk full");
                    }))
        .withMessageContaining("disk full");
    assertThat(content(target)).isEqualTo("old");
    assertThat(names(parent)).containsExactly("model");
  }

  @Test
  void killedWhileBuilding_theOldIsRead() throws IOException {
    Files.createDirectory(parent.resolve(".model.new"));
    Files.writeString(parent.resolve(".model.new/content"), "half");
    assertThat(content(DirectorySwap.current(target))).isEqualTo("old");
    DirectorySwap.replace(target, holding("new"));
    assertThat(content(DirectorySwap.current(target))).isEqualTo("new");
    assertThat(names(parent)).containsExactly("model");
  }

  @Test
  void killedBetweenTheRenames_theOldIsReadAndSurvivesAFailedNextWrite() throws IOException {
    Files.move(target, parent.resolve(".model.old"));
    Files.createDirectory(parent.resolve(".model.new"));
    assertThat(content(DirectorySwap.current(target))).isEqualTo("old");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(
            () ->
                DirectorySwap.replace(
                    target,
                    directory -> {
                      throw new IOException("disk full");
                    }));
    assertThat(content(target)).isEqualTo("old");
    assertThat(names(parent)).containsExactly("model");
  }

  @Test
  void killedWhileDeleting_theNewIsRead() throws IOException {
    Files.createDirectories(parent.resolve(".model.old/deep"));
    Files.writeString(parent.resolve(".model.old/deep/part"), "rest");
    assertThat(DirectorySwap.current(target)).isEqualTo(target);
    DirectorySwap.replace(target, holding("newer"));
    assertThat(content(target)).isEqualTo("newer");
    assertThat(names(parent)).containsExactly("model");
  }

  @Test
  void deletingTheOldDirectoryDoesNotFollowLinks() throws IOException {
    Path precious = Files.createDirectory(parent.resolve("precious"));
    Files.writeString(precious.resolve("data"), "kept");
    Files.createSymbolicLink(target.resolve("link"), precious);
    DirectorySwap.replace(target, holding("new"));
    assertThat(precious.resolve("data")).hasContent("kept");
  }

  @Test
  void refusesAFileOrALinkAsTarget() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "x");
    Path link = Files.createSymbolicLink(parent.resolve("link"), target);
    for (Path wrong : List.of(file, link)) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> DirectorySwap.replace(wrong, holding("new")))
          .withMessageContaining("is a file or a symbolic link");
    }
    assertThat(content(target)).isEqualTo("old");
  }

  private static DirectorySwap.Content holding(String text) {
    return directory -> Files.writeString(directory.resolve("content"), text);
  }

  private static String content(Path directory) throws IOException {
    return Files.readString(directory.resolve("content"));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
