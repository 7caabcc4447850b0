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
    return read(file, columns, ReadOptions.STRICT);
  }

  /** The same, less or more strictly: a bad line leaves its whole sentence out. */
  public static TaggedData read(Path file, Columns columns, ReadOptions options)
      throws IOException {
    BadRowList bad = new BadRowList(file.toString(), options);
    MessageDigest digest = Sha256.digest();
    List<TaggedSentence> sentences = new ArrayList<>();
    try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest);
        Utf8Lines lines = new Utf8Lines(bytes, file.toString(), options.maxLineBytes())) {
      ConllReader reader = new ConllReader(columns, Tags.PRESENT, lines);
      boolean more = true;
      while (more) {
        more = reader.readInto(sentences, bad);
      }
    }
    String name = String.valueOf(file.getFileName());
    SourceFile source = new SourceFile(name, Files.size(file), Sha256.hex(digest.digest()));
    return new TaggedData(name, columns.featureNames(), sentences, List.of(source), bad.report());
  }

  /** Reads a sentence, good or bad; false at the end. */
  private boolean readInto(List<TaggedSentence> sentences, BadRowList bad) throws IOException {
    try {
      TaggedSentence sentence = nextSentence();
      if (sentence == null) {
        return false;
      }
      sentences.add(sentence);
    } catch (BadRowException row) {
      bad.add(row.line(), row.problem());
      skipSentence();
    }
    return true;
  }

  private void skipSentence() throws IOException {
    boolean within = true;
    while (within) {
      try {
        String line = lines.nextRow();
        within = line != null && !line.isBlank();
      } catch (BadRowException row) {
        within = true; // a line of the sentence that is left out anyway
      }
    }
  }

  /**
   * The next sentence, null at the end.
   *
   * @throws DataException if a line has not these columns, naming the line
   */
  public @Nullable TaggedSentence next() throws IOException {
    try {
      return nextSentence();
    } catch (BadRowException row) {
      throw DataException.at(lines.source(), row.line(), row.problem());
    }
  }

  private @Nullable TaggedSentence nextSentence() throws IOException, BadRowException {
    List<List<String>> rows = new ArrayList<>();
    for (String line = lines.nextRow(); line != null; line = lines.nextRow()) {
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

  private List<String> fields(String line, List<List<String>> before) throws BadRowException {
    String[] fields =
        line.indexOf('\t') >= 0 ? line.strip().split("\t", -1) : line.strip().split(" +", -1);
    int wanted = columns.names().size();
    boolean untagged = tags == Tags.OPTIONAL && fields.length == wanted - 1;
    if (fields.length != wanted && !untagged) {
      throw new BadRowException(
          lines.number(),
          "expected the %d columns %s, found %d: '%s'"
              .formatted(wanted, columns, fields.length, line));
    }
    if (!before.isEmpty() && before.get(0).size() != fields.length) {
      throw new BadRowException(
          lines.number(), "some tokens of this sentence have a tag and some not");
    }
    for (int i = 0; i < fields.length; i++) {
      fields[i] = fields[i].strip();
      if (fields[i].isEmpty()) {
        throw new BadRowException(
            lines.number(), "column " + (i + 1) + " is empty: '" + line + "'");
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
