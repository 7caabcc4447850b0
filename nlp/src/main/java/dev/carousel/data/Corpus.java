package dev.carousel.data;

import dev.carousel.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;

/**
 * Running text, and where it came from: what language models learn from.
 *
 * @param name a name for messages
 * @param text the text; lines end with LF
 * @param sources the files it was read from, with checksums; empty for text made in memory
 */
public record Corpus(String name, String text, List<SourceFile> sources) {
  /** One line may be the whole text. */
  private static final int MAX_LINE_BYTES = Integer.MAX_VALUE - 16;

  /** Where a text may be cut. */
  public enum Cut {
    /** Between any two characters. */
    CHARACTER,
    /** Between two lines. */
    LINE
  }

  /**
   * A text cut in two.
   *
   * @param first up to the cut
   * @param last the rest
   */
  public record Parts(Corpus first, Corpus last) {}

  /** Copies the list. */
  public Corpus {
    sources = List.copyOf(sources);
  }

  /** Text made in memory. */
  public static Corpus of(String name, String text) {
    return new Corpus(name, text, List.of());
  }

  /**
   * Reads a UTF-8 file whole; CR LF becomes LF.
   *
   * @throws DataException if it is no UTF-8 text or empty, naming the line
   * @throws IOException if it cannot be read
   */
  public static Corpus read(Path file) throws IOException {
    DataException.requireFile(file);
    MessageDigest digest = Sha256.digest();
    StringBuilder text = new StringBuilder();
    try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest);
        Utf8Lines lines = new Utf8Lines(bytes, file.toString(), MAX_LINE_BYTES)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        text.append(line).append(lines.terminator().isEmpty() ? "" : "\n");
      }
    }
    if (text.isEmpty()) {
      throw DataException.in(file.toString(), "is empty; it must hold text to learn from");
    }
    String name = String.valueOf(file.getFileName());
    return new Corpus(
        name,
        text.toString(),
        List.of(new SourceFile(name, Files.size(file), Sha256.hex(digest.digest()))));
  }

  /**
   * Cuts off the last part.
   *
   * @param share of the characters (code points) that the last part has, above 0 and below 1; a
   *     fraction of a character goes to it, and so does the rest of a line that may not be cut
   * @throws IllegalArgumentException if one part would be empty
   */
  public Parts cutLast(double share, Cut where) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "the share cut off must lie between 0 and 1, not " + share);
    }
    int length = text.codePointCount(0, text.length());
    int at = text.offsetByCodePoints(0, (int) Math.floor(length * (1 - share)));
    if (where == Cut.LINE) {
      at = text.lastIndexOf('\n', at - 1) + 1;
    }
    if (at == 0 || at == text.length()) {
      throw new IllegalArgumentException(
          "%s is too short to cut off %s of it: name other files".formatted(name, share));
    }
    return new Parts(part("first", 0, at), part("last", at, text.length()));
  }

  private Corpus part(String which, int from, int to) {
    return new Corpus(which + " part of " + name, text.substring(from, to), sources);
  }
}
