package dev.carousel.tune;

import dev.carousel.train.Goal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The trials of a search with their results, the best first: those that trained longest before
 * others, because scores of different rungs cannot be compared.
 *
 * @param header names of the columns
 * @param rows a text for each column
 */
public record TrialTable(List<String> header, List<List<String>> rows) {
  private static final int FIGURES = 4;

  /**
   * A table.
   *
   * @param metric what the score is
   */
  public static TrialTable of(Search search, SearchSpace space, Journal journal, String metric) {
    List<String> header = new ArrayList<>(List.of("trial", "epochs", metric, "state"));
    header.addAll(space.names());
    List<Trial> ranked = new ArrayList<>(search.trials());
    ranked.sort(order(search, journal));
    List<List<String>> rows = new ArrayList<>();
    int last = search.strategy().rungs(search.trials().size()).size() - 1;
    for (Trial trial : ranked) {
      rows.add(row(trial, space, journal.last(trial.number()), last));
    }
    return new TrialTable(header, rows);
  }

  private static Comparator<Trial> order(Search search, Journal journal) {
    double sign = search.goal() == Goal.MAXIMIZE ? -1 : 1;
    return Comparator.<Trial>comparingInt(
            t -> journal.last(t.number()).map(r -> r.failed() ? 0 : -r.rung()).orElse(1))
        .thenComparing(t -> journal.last(t.number()).map(TrialResult::failed).orElse(true))
        .thenComparingDouble(t -> journal.last(t.number()).map(r -> sign * r.score()).orElse(0.0))
        .thenComparingInt(Trial::number);
  }

  private static List<String> row(
      Trial trial, SearchSpace space, Optional<TrialResult> result, int lastRung) {
    List<String> row = new ArrayList<>(List.of(Integer.toString(trial.number())));
    row.add(result.map(r -> Integer.toString(r.epochs())).orElse("0"));
    row.add(result.filter(r -> !r.failed()).map(r -> figure(r.score())).orElse("-"));
    row.add(result.map(r -> state(r, lastRung)).orElse("not begun"));
    space.names().forEach(name -> row.add(trial.values().getOrDefault(name, "")));
    return row;
  }

  private static String state(TrialResult result, int lastRung) {
    if (result.failed()) {
      return "failed: " + result.failure();
    }
    return result.rung() == lastRung ? "finished" : "stopped";
  }

  private static String figure(double score) {
    return String.format(Locale.ROOT, "%." + FIGURES + "f", score);
  }

  /** The table for people, columns under each other. */
  public String text() {
    int[] widths = new int[header.size()];
    List<List<String>> all = new ArrayList<>(List.of(header));
    all.addAll(rows);
    for (List<String> row : all) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        line.append(row.get(c)).append(" ".repeat(widths[c] - row.get(c).length() + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** The table for programs (RFC 4180). */
  public String csv() {
    StringBuilder text = new StringBuilder();
    List<List<String>> all = new ArrayList<>(List.of(header));
    all.addAll(rows);
    for (List<String> row : all) {
      text.append(String.join(",", row.stream().map(TrialTable::quoted).toList())).append("\r\n");
    }
    return text.toString();
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
