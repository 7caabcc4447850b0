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

/** Reads pairs: rows that cannot be understood go to the policy, bytes to the checksums. */
final class PairFileReader {
  private final ReadOptions options;
  private final List<TextPair> pairs = new ArrayList<>();
  private final List<RowProblem> listed = new ArrayList<>();
  private final List<SourceFile> files = new ArrayList<>();
  private long bad;

  private PairFileReader(ReadOptions options) {
    this.options = options;
  }

  /** A file being read. */
  private record Opened(Path file, MessageDigest digest, Utf8Lines lines) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      lines.close();
    }

    SourceFile toSourceFile() throws IOException {
      return new SourceFile(
          String.valueOf(file.getFileName()), Files.size(file), Sha256.hex(digest.digest()));
    }
  }

  private Opened open(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest);
    return new Opened(file, digest, new Utf8Lines(bytes, file.toString(), options.maxLineBytes()));
  }

  static PairSet readTsv(Path file, PairColumns columns, ReadOptions options) throws IOException {
    PairFileReader reader = new PairFileReader(options);
    try (Opened rows = reader.open(file)) {
      boolean more = true;
      while (more) {
        try {
          String row = rows.lines().nextRow();
          more = row != null;
          if (row != null && !row.isBlank()) {
            reader.add(cut(row, columns, rows.lines().number()), rows.lines().number());
          }
        } catch (BadRowException problem) {
          reader.note(file, problem);
        }
      }
      reader.files.add(rows.toSourceFile());
    }
    return reader.finish(file);
  }

  private static TextPair cut(String row, PairColumns columns, long line) throws BadRowException {
    String[] cells = row.split("\t", -1);
    int needed = Math.max(columns.source(), columns.target());
    if (cells.length < needed) {
      throw new BadRowException(
          line, "%d columns where %d are needed".formatted(cells.length, needed));
    }
    return new TextPair(cells[columns.source() - 1], cells[columns.target() - 1]);
  }

  static PairSet readLines(Path source, Path target, ReadOptions options) throws IOException {
    PairFileReader reader = new PairFileReader(options);
    try (Opened left = reader.open(source);
        Opened right = reader.open(target)) {
      String text = left.lines().next();
      String other = right.lines().next();
      while (text != null && other != null) {
        try {
          reader.add(new TextPair(text, other), left.lines().number());
        } catch (BadRowException problem) {
          reader.note(source, problem);
        }
        text = left.lines().next();
        other = right.lines().next();
      }
      requireBothEnd(left, text, right, other);
      reader.files.add(left.toSourceFile());
      reader.files.add(right.toSourceFile());
    }
    return reader.finish(source);
  }

  private static void requireBothEnd(
      Opened left, @Nullable String text, Opened right, @Nullable String other) {
    if (text != null || other != null) {
      Opened shorter = text == null ? left : right;
      Opened longer = text == null ? right : left;
      throw DataException.in(
          shorter.file().toString(),
          "ends before its line %d, which %s still has; the lines of both must belong together"
              .formatted(longer.lines().number(), longer.file()));
    }
  }

  private void add(TextPair pair, long line) throws BadRowException {
    if (pair.source().isBlank() || pair.target().isBlank()) {
      throw new BadRowException(
          line, "the " + (pair.source().isBlank() ? "source" : "target") + " is empty");
    }
    pairs.add(pair);
  }

  private void note(Path file, BadRowException problem) {
    bad++;
    if (listed.size() < options.maxListed()) {
      listed.add(new RowProblem(file.toString(), problem.line(), problem.problem()));
    }
  }

  private PairSet finish(Path file) {
    ReadReport report = new ReadReport(bad, listed);
    if (bad > 0 && options.badRows() == BadRows.FAIL) {
      throw DataException.at(
          file.toString(),
          listed.get(0).line(),
          bad + " bad rows; correct them, or read with SKIP_AND_REPORT:\n" + report.describe());
    }
    return new PairSet(String.valueOf(file.getFileName()), pairs, files, report);
  }
}
