package dev.carousel.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a file's name and first rows say about its format.
 *
 * <p>The file's extension decides where it is telling ({@code .csv}, {@code .jsonl}, {@code .ft});
 * otherwise the first {@value #ROWS_LOOKED_AT} rows do. A guess always carries its reason, and a
 * user's own choice ({@link DataFormat#named}) needs no guess.
 */
public sealed interface FormatDetection {
  /** How many rows are looked at. */
  int ROWS_LOOKED_AT = 200;

  /**
   * The file fits one format.
   *
   * @param format the format
   * @param reason why, for the user to read
   */
  record Detected(DataFormat format, String reason) implements FormatDetection {}

  /**
   * The file fits no format or several.
   *
   * @param candidates the formats it may have
   * @param reason what was looked at, and how to choose
   */
  record Ambiguous(List<DataFormat> candidates, String reason) implements FormatDetection {
    /** Copies the list. */
    public Ambiguous {
      candidates = List.copyOf(candidates);
    }
  }

  /** Returns why this was concluded. */
  String reason();

  /**
   * Looks at a file.
   *
   * @param file the file
   * @return the conclusion
   * @throws IOException if the file cannot be read
   */
  static FormatDetection of(Path file) throws IOException {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    String byExtension = "the file's extension is ." + extension;
    return switch (extension) {
      case "csv" -> new Detected(DataFormat.named("csv"), byExtension);
      case "jsonl", "ndjson", "jsonlines" -> new Detected(DataFormat.named("jsonl"), byExtension);
      case "ft", "fasttext" -> new Detected(DataFormat.named("fasttext"), byExtension);
      default -> RowEvidence.conclude(firstRows(file));
    };
  }

  /**
   * The detected format, for callers with nobody to ask.
   *
   * @param file the file
   * @return its format
   * @throws IOException if the file cannot be read
   * @throws DataException if the format is not clear; the message says what was seen
   */
  static DataFormat require(Path file) throws IOException {
    FormatDetection detection = of(file);
    if (detection instanceof Detected detected) {
      return detected.format();
    }
    throw DataException.in(file.toString(), detection.reason());
  }

  private static List<String> firstRows(Path file) throws IOException {
    List<String> rows = new ArrayList<>();
    try (Utf8Lines lines = Utf8Lines.open(file, ReadOptions.DEFAULT_MAX_LINE_BYTES)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          rows.add(line);
        }
        if (rows.size() == ROWS_LOOKED_AT) {
          break;
        }
      }
    }
    return rows;
  }
}
