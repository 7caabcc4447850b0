package dev.carousel.data;

import dev.carousel.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a token a line, its columns separated by a tab (then tokens may hold spaces) or by spaces,
 * and a blank line between sentences. A line whose token is {@code -DOCSTART-} separates documents
 * and is left out. A last line without a line feed counts like any other.
 *
 * <p>Not thread safe.
 */
public final class ConllReader {
  private static final String DOCUMENT = "-DOCSTART-";

  private final Columns columns;
  private final Tags tags;
  private final Utf8Lines lines;

  /** Whether a file has the column of the tags. */
  public enum Tags {
    /** Every line has it. */
    PRESENT,
    /** A line may be without it: tags are to be found. */
    OPTIONAL
  }

  /**
   * A reader.
   *
   * @param lines where the lines come from; the caller closes it
   */
  public ConllReader(Columns columns, Tags tags, Utf8Lines lines) {
    this.columns = columns;
    this.tags = tags;
    this.lines = lines;
  }

  /**
   * Reads a whole file of tagged sentences.
   *
   * @throws IOException if it cannot be read
   * @throws DataException if a line has not these columns, naming the line
   */
  public static TaggedData read(Path file, Columns columns) throws IOException {
    MessageDigest digest = Sha256.digest();
    List<TaggedSentence> sentences = new ArrayList<>();
    try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest);
        Utf8Lines lines =
            new Utf8Lines(bytes, file.toString(), ReadOptions.DEFAULT_MAX_LINE_BYTES)) {
      ConllReader reader = new ConllReader(columns, Tags.PRESENT, lines);
      for (TaggedSentence s = reader.next(); s != null; s = reader.next()) {
        sentences.add(s);
      }
    }
    String name = String.valueOf(file.getFileName());
    SourceFile source = new SourceFile(name, Files.size(file), Sha256.hex(digest.digest()));
    return new TaggedData(name, columns.featureNames(), sentences, List.of(source));
  }

  /**
   * The next sentence, null at the end.
   *
   * @throws DataException if a line has not these columns, naming the line
   */
  public @Nullable TaggedSentence next() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.isBlank()) {
        if (!rows.isEmpty()) {
          return sentence(rows);
        }
      } else if (!line.startsWith(DOCUMENT)) {
        rows.add(fields(line, rows));
      }
    }
    return rows.isEmpty() ? null : sentence(rows);
  }

  private List<String> fields(String line, List<List<String>> before) {
    String[] fields =
        line.indexOf('\t') >= 0 ? line.strip().split("\t", -1) : line.strip().split(" +");
    int wanted = columns.names().size();
    boolean untagged = tags == Tags.OPTIONAL && fields.length == wanted - 1;
    if (fields.length != wanted && !untagged) {
      throw DataException.at(
          lines.source(),
          lines.number(),
          "expected the %d columns %s, found %d: '%s'"
              .formatted(wanted, columns, fields.length, line));
    }
    if (!before.isEmpty() && before.get(0).size() != fields.length) {
      throw DataException.at(
          lines.source(), lines.number(), "some tokens of this sentence have a tag and some not");
    }
    for (int i = 0; i < fields.length; i++) {
      fields[i] = fields[i].strip();
      if (fields[i].isEmpty()) {
        throw DataException.at(
            lines.source(), lines.number(), "column " + (i + 1) + " is empty: '" + line + "'");
      }
    }
    return List.of(fields);
  }

  private TaggedSentence sentence(List<List<String>> rows) {
    int last = columns.names().size() - 1;
    return new TaggedSentence(
        column(rows, columns.token()),
        columns.features().stream().map(at -> column(rows, at)).toList(),
        rows.get(0).size() > last ? column(rows, last) : List.of(),
        null);
  }

  private static List<String> column(List<List<String>> rows, int at) {
    return rows.stream().map(row -> row.get(at)).toList();
  }
}
