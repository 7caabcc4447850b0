package dev.carousel.embed;

import dev.carousel.data.DataException;
import dev.carousel.data.ReadOptions;
import dev.carousel.data.Utf8Lines;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Vectors as text: a word, then its numbers, separated by spaces. The word is what stands before
 * the last E numbers, so that it may hold spaces, as some of GloVe's do.
 *
 * @param format with or without a header
 * @param in the bytes
 * @param source the file's name, for messages
 */
record TextVectors(VectorFormat format, InputStream in, String source) {
  void readInto(VectorReader reader) throws IOException {
    Utf8Lines lines = new Utf8Lines(in, source, ReadOptions.DEFAULT_MAX_LINE_BYTES);
    String line = lines.next();
    if (format == VectorFormat.WORD2VEC) {
      VectorHeader header = line == null ? null : VectorHeader.parse(line);
      if (header == null) {
        throw DataException.at(
            source, 1, "expected the number of words and of features, found '" + line + "'");
      }
      reader.size(header.size());
      reader.promised(header.words());
      line = lines.next();
    }
    for (; line != null; line = lines.next()) {
      read(line, lines.number(), reader);
    }
  }

  private static void read(String line, long number, VectorReader reader) {
    String row = line.stripTrailing();
    if (row.isBlank()) {
      return;
    }
    if (reader.size() == 0) {
      reader.size(numbers(row));
    }
    int end = wordEnd(row, reader.size());
    if (end <= 0) {
      reader.refuse(number, "has not a word and " + reader.size() + " numbers");
      return;
    }
    String word = row.substring(0, end);
    boolean wanted = reader.wants(word);
    float[] vector = wanted ? vector(row, end, reader.size()) : null;
    if (wanted ? vector == null : !looksNumeric(row, end)) {
      reader.refuse(number, "the vector of '" + word + "' has what is no finite number");
    } else if (vector != null) {
      reader.take(word, vector, number);
    } else {
      reader.passUnparsed(word, number);
    }
  }

  /** Whether only digits, signs, points, exponents and spaces follow: parsing takes far longer. */
  private static boolean looksNumeric(String row, int from) {
    for (int i = from; i < row.length(); i++) {
      char c = row.charAt(i);
      if ((c < '0' || c > '9') && " .-+eE".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** How many numbers follow the first word. */
  private static int numbers(String row) {
    return Math.max(1, row.strip().split(" +", -1).length - 1);
  }

  /** Where the word ends before the last {@code size} fields; −1 if there are not as many. */
  private static int wordEnd(String row, int size) {
    int at = row.length();
    for (int i = 0; i < size; i++) {
      at = row.lastIndexOf(' ', at - 1);
      if (at <= 0) {
        return -1;
      }
      while (at > 0 && row.charAt(at - 1) == ' ') {
        at--;
      }
    }
    return at;
  }

  private static float @Nullable [] vector(String row, int from, int size) {
    String[] fields = row.substring(from).strip().split(" +", -1);
    float[] vector = new float[size];
    try {
      for (int i = 0; i < size; i++) {
        vector[i] = Float.parseFloat(fields[i]);
        if (!Float.isFinite(vector[i])) {
          return null;
        }
      }
    } catch (NumberFormatException e) {
      return null;
    }
    return vector;
  }
}
