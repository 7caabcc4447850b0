package dev.carousel.data;

import dev.carousel.data.FormatDetection.Ambiguous;
import dev.carousel.data.FormatDetection.Detected;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Concludes from a file's first rows what format it has. */
final class RowEvidence {
  private static final Pattern TREC_ROW = Pattern.compile("[A-Z]{2,8}:[A-Za-z]+ .*");
  private static final Pattern SST2_ROW = Pattern.compile("[01] .*");
  private static final Set<String> LABEL_HEADERS = Set.of("label", "class", "category", "target");
  private static final Set<String> TEXT_HEADERS =
      Set.of("text", "sentence", "review", "content", "text_a");
  private static final int LONGEST_LABEL = 40;

  private RowEvidence() {}

  static FormatDetection conclude(List<String> rows) {
    if (rows.isEmpty()) {
      return new Ambiguous(List.of(), "the file has no rows");
    }
    if (all(rows, row -> row.startsWith("__label__"))) {
      return detected("fasttext", "every row starts with __label__");
    }
    if (rows.get(0).startsWith("[") && rows.get(0).contains("\"class\"")) {
      return detected("sentiment-json", "the file starts a JSON array with \"class\" keys");
    }
    if (all(rows, row -> row.startsWith("{"))) {
      return detected("jsonl", "every row starts with {");
    }
    if (all(rows, row -> row.indexOf('\t') >= 0)) {
      return tabSeparated(rows);
    }
    if (all(rows, row -> TREC_ROW.matcher(row).matches())) {
      return detected("trec", "every row starts with COARSE:fine");
    }
    if (all(rows, row -> SST2_ROW.matcher(row).matches())) {
      return detected("sst2", "every row starts with 0 or 1 and a space");
    }
    return unclear(List.of(), "the first " + rows.size() + " rows fit no known format");
  }

  private static FormatDetection tabSeparated(List<String> rows) {
    String first = first(rows.get(0)).toLowerCase(Locale.ROOT);
    String last = last(rows.get(0)).toLowerCase(Locale.ROOT);
    if (LABEL_HEADERS.contains(first) && TEXT_HEADERS.contains(last)) {
      return detected("tsv:label,text,header", "the first row names a label and a text column");
    }
    if (TEXT_HEADERS.contains(first) && LABEL_HEADERS.contains(last)) {
      return detected("tsv:text,label,header", "the first row names a text and a label column");
    }
    boolean firstIsLabel = looksLikeLabels(rows.stream().map(RowEvidence::first).toList());
    boolean lastIsLabel = looksLikeLabels(rows.stream().map(RowEvidence::last).toList());
    if (firstIsLabel != lastIsLabel) {
      String column = firstIsLabel ? "first" : "last";
      return detected(
          firstIsLabel ? "tsv:label,text" : "tsv:text,label",
          "the rows have tabs, and the "
              + column
              + " column alone has few, short, repeated values");
    }
    return unclear(
        List.of(DataFormat.named("tsv:label,text"), DataFormat.named("tsv:text,label")),
        "the rows have tabs, but "
            + (firstIsLabel ? "both columns look" : "neither column looks")
            + " like labels");
  }

  /** Few different values, each short and without a blank. */
  private static boolean looksLikeLabels(List<String> column) {
    Set<String> different = new HashSet<>(column);
    return different.size() <= Math.max(1, column.size() / 2)
        && different.stream()
            .allMatch(v -> !v.isBlank() && v.length() <= LONGEST_LABEL && v.indexOf(' ') < 0);
  }

  private static FormatDetection detected(String format, String reason) {
    return new Detected(DataFormat.named(format), reason);
  }

  private static FormatDetection unclear(List<DataFormat> candidates, String seen) {
    String choices =
        candidates.isEmpty()
            ? String.join(", ", FormatNames.KNOWN)
            : String.join(" or ", candidates.stream().map(DataFormat::spec).toList());
    return new Ambiguous(candidates, seen + "; name the format: " + choices);
  }

  private static boolean all(List<String> rows, Predicate<String> test) {
    return rows.stream().allMatch(test);
  }

  private static String first(String row) {
    return row.substring(0, row.indexOf('\t')).strip();
  }

  private static String last(String row) {
    return row.substring(row.lastIndexOf('\t') + 1).strip();
  }
}
