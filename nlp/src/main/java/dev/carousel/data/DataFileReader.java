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

/** Reads one file: rows to examples, bad rows to the policy, bytes to the checksum. */
final class DataFileReader {
  private final ReadOptions options;
  private final List<Example> examples = new ArrayList<>();
  private final List<RowProblem> listed = new ArrayList<>();
  private long bad;

  private DataFileReader(ReadOptions options) {
    this.options = options;
  }

  static DataSet read(Path file, DataFormat format, ReadOptions options) throws IOException {
    DataFileReader reader = new DataFileReader(options);
    MessageDigest digest = Sha256.digest();
    try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest);
        Utf8Lines lines = new Utf8Lines(bytes, file.toString(), options.maxLineBytes())) {
      reader.readRows(RowReader.of(format, lines), lines.source());
    }
    reader.failOnBadRows(file.toString(), format);
    String name = String.valueOf(file.getFileName());
    return new DataSet(
        name,
        reader.examples,
        List.of(new SourceFile(name, Files.size(file), Sha256.hex(digest.digest()))),
        new ReadReport(reader.bad, reader.listed));
  }

  private void readRows(RowReader rows, String source) throws IOException {
    boolean more = true;
    while (more) {
      try {
        more = add(rows.next());
      } catch (BadRowException row) {
        bad++;
        if (listed.size() < options.maxListed()) {
          listed.add(new RowProblem(source, row.line(), row.problem()));
        }
      }
    }
  }

  private boolean add(@Nullable Example example) {
    if (example != null) {
      examples.add(example);
    }
    return example != null;
  }

  private void failOnBadRows(String source, DataFormat format) {
    if (bad == 0 || options.badRows() != BadRows.FAIL) {
      return;
    }
    String report = new ReadReport(bad, listed).describe();
    throw DataException.at(
        source,
        listed.get(0).line(),
        bad
            + " bad rows for the format "
            + format.spec()
            + "; correct them, choose another format, or read with SKIP_AND_REPORT:\n"
            + report);
  }
}
