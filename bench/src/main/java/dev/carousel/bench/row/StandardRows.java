package dev.carousel.bench.row;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The rows that are measured unless others are asked for. */
public final class StandardRows {
  private static final String[] SHAPES = {
    "step-n1-t1-h128",
    "step-n1-t1-h256",
    "step-n1-t1-h512",
    "infer-n1-t100-h128",
    "infer-n1-t100-h256",
    "infer-n1-t100-h512",
    "infer-n1-t100-h1024",
    "infer-n32-t100-h256",
    "infer-n32-t100-h512",
    "infer-n64-t50-h128",
    "infer-n16-t64-h256-l2-bi",
    "ragged-n32-t100-h256",
    "train-n32-t64-h128",
    "train-n32-t64-h256",
    "train-n32-t64-h512",
    "lstm-ptb-n20-t20-h200-l2",
    "lstm-classifier-n32-t32-h128-bi",
    "lstm-tagger-n32-t32-h128-bi",
    "lstm-long-n1-t100-h128",
    "lstm-long-n1-t1000-h128",
    "lstm-long-n1-t10000-h128",
    "lstm-long-n1-t100000-h128",
    "lstm-cold-n1-t100-h256",
    "lstm-greedy-n1-t13-h256-bi",
    "lstm-greedy-n32-t21-h256-bi",
    "lstm-beam-n1-t13-h256-bi",
    "lstm-beam-n32-t21-h256-bi",
  };

  private static final String[] QUICK = {
    "lstm-step-n1-t1-h128",
    "lstm-step-n1-t1-h512",
    "gru-step-n1-t1-h256",
    "lstm-infer-n1-t100-h256",
    "gru-infer-n1-t100-h512",
    "lstm-infer-n32-t100-h256",
    "gru-infer-n64-t50-h128",
    "lstm-infer-n16-t64-h256-l2-bi",
    "lstm-ragged-n32-t100-h256",
    "lstm-train-n32-t64-h256",
    "gru-train-n32-t64-h128",
    "lstm-ptb-n20-t20-h200-l2",
    "lstm-cold-n1-t100-h256",
    "lstm-greedy-n1-t13-h256-bi",
    "lstm-beam-n32-t21-h256-bi",
  };

  private StandardRows() {}

  /** All of them, in the order of the report. */
  public static List<Row> all() {
    return Arrays.stream(SHAPES).flatMap(s -> RowNames.shape(s).stream()).toList();
  }

  /** A third that stands for all of them. */
  public static List<Row> quick() {
    return Arrays.stream(QUICK).map(RowNames::parse).toList();
  }

  /**
   * Those whose name fits one of the patterns, in their order.
   *
   * @param rows among which
   * @param globs comma-separated, with * ? [] {} as in file names
   * @throws IllegalArgumentException naming a pattern that fits none, and all rows
   */
  public static List<Row> matching(List<Row> rows, String globs) {
    List<PathMatcher> matchers = splitGlobs(globs).map(glob -> matcher(rows, glob)).toList();
    return rows.stream()
        .filter(r -> matchers.stream().anyMatch(m -> m.matches(Path.of(r.name()))))
        .toList();
  }

  /** Commas inside braces belong to a pattern. */
  private static Stream<String> splitGlobs(String globs) {
    return Arrays.stream(globs.split(",(?![^{]*})", -1)).map(String::trim);
  }

  private static PathMatcher matcher(List<Row> rows, String glob) {
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("'" + glob + "' is no pattern: " + e.getDescription(), e);
    }
    if (rows.stream().noneMatch(r -> matcher.matches(Path.of(r.name())))) {
      throw new IllegalArgumentException(
          "no row is called '%s'; there are %s"
              .formatted(glob, String.join(", ", rows.stream().map(Row::name).toList())));
    }
    return matcher;
  }
}
