package dev.carousel.embed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How many analogies are right.
 *
 * @param sections in their order
 */
public record AnalogyReport(List<Score> sections) {
  private static final String SYNTACTIC = "gram";

  /**
   * Of some questions.
   *
   * @param name of the section
   * @param right how many were answered as the file says
   * @param asked how many have all four words in the table
   * @param missing how many have not, and were not asked
   */
  public record Score(String name, int right, int asked, int missing) {
    /** Right ones among those asked; not a number if none were. */
    public double accuracy() {
      return asked == 0 ? Double.NaN : right / (double) asked;
    }
  }

  /** Copies. */
  public AnalogyReport {
    sections = List.copyOf(sections);
  }

  /** All questions. */
  public Score total() {
    return sum("total", score -> true);
  }

  /** Those about meaning: all sections whose name does not begin with {@code gram}. */
  public Score semantic() {
    return sum("semantic", score -> !score.name().startsWith(SYNTACTIC));
  }

  /** Those about grammar: sections whose name begins with {@code gram}, as in Google's file. */
  public Score syntactic() {
    return sum("syntactic", score -> score.name().startsWith(SYNTACTIC));
  }

  private Score sum(String name, Predicate<Score> which) {
    List<Score> all = sections.stream().filter(which).toList();
    return new Score(
        name,
        all.stream().mapToInt(Score::right).sum(),
        all.stream().mapToInt(Score::asked).sum(),
        all.stream().mapToInt(Score::missing).sum());
  }

  /** A line for each section, and for all. */
  public String render() {
    StringBuilder text = new StringBuilder();
    List<Score> lines = new ArrayList<>(sections);
    if (sections.stream().anyMatch(score -> score.name().startsWith(SYNTACTIC))) {
      lines.addAll(List.of(semantic(), syntactic()));
    }
    lines.add(total());
    for (Score s : lines) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-30s %7s  %5d right of %5d, %5d not asked: a word has no vector%n",
              s.name(),
              s.asked() == 0 ? "-" : String.format(Locale.ROOT, "%.2f%%", 100 * s.accuracy()),
              s.right(),
              s.asked(),
              s.missing()));
    }
    return text.toString();
  }

  /** The figures under the names of {@code --json}. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>(fields(total()));
    figures.put("semantic", fields(semantic()));
    figures.put("syntactic", fields(syntactic()));
    Map<String, Object> each = new LinkedHashMap<>();
    sections.forEach(score -> each.put(score.name(), fields(score)));
    figures.put("sections", each);
    return figures;
  }

  private static Map<String, Object> fields(Score score) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (score.asked() > 0) {
      fields.put("accuracy", score.accuracy());
    }
    fields.put("right", score.right());
    fields.put("asked", score.asked());
    fields.put("missing", score.missing());
    return fields;
  }
}
