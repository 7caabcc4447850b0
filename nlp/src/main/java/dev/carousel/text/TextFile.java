package dev.carousel.text;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a text file that is complete or absent. */
final class TextFile {
  private TextFile() {}

  static void write(Path file, Iterable<String> lines) throws IOException {
    Path target = file.toAbsolutePath();
    Path unfinished = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID());
    try {
      try (Writer writer = Files.newBufferedWriter(unfinished, StandardOpenOption.CREATE_NEW)) {
        for (String line : lines) {
          writer.append(line).append('\n');
        }
      }
      Files.move(
          unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
