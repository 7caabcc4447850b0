package dev.carousel.embed;

import dev.carousel.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The first line of word2vec's formats.
 *
 * @param words how many vectors follow
 * @param size features of each
 */
record VectorHeader(long words, int size) {
  /** The most features a vector may have. */
  static final int MAX_SIZE = 1 << 16;

  private static final int PROBE = 1 << 14;

  /** How fastText's own models begin: 793712314 as four bytes, the lowest first. */
  private static final byte[] FAST_TEXT = {(byte) 0xBA, 0x16, 0x4F, 0x2F};

  /** Reads a header; null if the line is none. */
  static @Nullable VectorHeader parse(String line) {
    String[] numbers = line.strip().split(" +", -1);
    if (numbers.length != 2) {
      return null;
    }
    try {
      long words = Long.parseLong(numbers[0]);
      int size = Integer.parseInt(numbers[1]);
      return words > 0 && size > 0 && size <= MAX_SIZE ? new VectorHeader(words, size) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** A line of bytes, without its line feed; null at the end. */
  static @Nullable String line(InputStream in, String source) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
      }
      if (line.size() > PROBE) {
        throw DataException.in(source, "its first line is too long for word vectors");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /**
   * Refuses what looks like word vectors by its name alone.
   *
   * @throws DataException if it is a model of fastText
   */
  static void refuseModels(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (Arrays.equals(in.readNBytes(FAST_TEXT.length), FAST_TEXT)) {
        throw DataException.in(
            file.toString(),
            "is a model of fastText, which holds more than vectors; give the .vec file that"
                + " fastText writes beside it");
      }
    }
  }

  /**
   * The format of a file: without a header GloVe's; with one binary if what follows is not text.
   *
   * @throws DataException if it is empty
   */
  static VectorFormat format(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(PROBE);
    }
    int end = 0;
    while (end < start.length && start[end] != '\n') {
      end++;
    }
    if (start.length == 0) {
      throw DataException.in(file.toString(), "is empty; expected word vectors");
    }
    if (parse(new String(start, 0, end, StandardCharsets.UTF_8)) == null) {
      return VectorFormat.GLOVE;
    }
    for (int i = end + 1; i < start.length; i++) {
      if (start[i] >= 0
          && start[i] < ' '
          && start[i] != '\n'
          && start[i] != '\r'
          && start[i] != '\t') {
        return VectorFormat.WORD2VEC_BINARY;
      }
    }
    return VectorFormat.WORD2VEC;
  }
}
