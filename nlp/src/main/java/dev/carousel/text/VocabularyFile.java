package dev.carousel.text;

import dev.carousel.data.DataException;
import dev.carousel.data.Utf8Lines;
import dev.carousel.store.AtomicFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A vocabulary as a text file: one escaped token a line, the id is the line number less one. */
final class VocabularyFile {
  private static final int MAX_LINE_BYTES = 1 << 20;

  private VocabularyFile() {}

  static void save(Path file, String[] tokens) {
    AtomicFiles.writeString(file, text(tokens));
  }

  static String text(String[] tokens) {
    StringBuilder text = new StringBuilder();
    Arrays.stream(tokens).forEach(token -> text.append(Escapes.escape(token)).append('\n'));
    return text.toString();
  }

  static Vocabulary parse(String text, String source) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (Utf8Lines lines = new Utf8Lines(new ByteArrayInputStream(bytes), source, MAX_LINE_BYTES)) {
      return read(lines);
    }
  }

  static Vocabulary load(Path file) throws IOException {
    try (Utf8Lines lines = Utf8Lines.open(file, MAX_LINE_BYTES)) {
      return read(lines);
    }
  }

  private static Vocabulary read(Utf8Lines lines) throws IOException {
    Map<String, Long> lineOf = new HashMap<>();
    List<String> tokens = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      String token = Escapes.unescape(line, lines);
      check(token, tokens.size(), lines, lineOf.put(token, lines.number()));
      tokens.add(token);
    }
    if (tokens.size() < 2) {
      throw DataException.in(
          lines.source(),
          "a vocabulary starts with the lines <pad> and <unk>; is the file cut off?");
    }
    return new Vocabulary(tokens);
  }

  private static void check(String token, int id, Utf8Lines lines, @Nullable Long repeated) {
    if (id == Vocabulary.MAX_SIZE) {
      throw DataException.at(
          lines.source(), lines.number(), "more than " + Vocabulary.MAX_SIZE + " tokens");
    }
    if (token.isEmpty()) {
      throw DataException.at(lines.source(), lines.number(), "an empty line; each holds a token");
    }
    if (repeated != null) {
      throw DataException.at(
          lines.source(),
          lines.number(),
          "the token of line " + repeated + " again: '" + token + "'");
    }
    String reserved = id == 0 ? Reserved.PAD.token() : id == 1 ? Reserved.UNK.token() : token;
    if (!token.equals(reserved)) {
      throw DataException.at(
          lines.source(), lines.number(), "expected the reserved token " + reserved);
    }
  }
}
