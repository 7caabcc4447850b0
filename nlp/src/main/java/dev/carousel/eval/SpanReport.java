package dev.carousel.eval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Precision, recall and F1 of spans as {@code conlleval} computes them: a predicted span is right
 * if a gold span has the same tokens and the same type; all counts are summed over the sentences,
 * and F1 is that of the sums (micro average). Spans are found by {@link TagSpans}.
 *
 * @param tokens how many tokens were compared
 * @param rightTokens how many have exactly the right tag
 * @param types each type's counts, in string order
 */
public record SpanReport(long tokens, long rightTokens, List<ClassScore> types) {
  /** Copies the list. */
  public SpanReport {
    types = List.copyOf(types);
  }

  /** Right, wrongly found and missed spans of one type. */
  private static final class Counts {
    private long right;
    private long wrong;
    private long missed;
  }

  /**
   * Compares tags.
   *
   * @param gold each sentence's right tags
   * @param predicted as many tags of as many sentences
   * @throws IllegalArgumentException if the sizes differ
   */
  public static SpanReport of(List<List<String>> gold, List<List<String>> predicted) {
    if (gold.size() != predicted.size()) {
      throw new IllegalArgumentException(
          gold.size() + " sentences, but predictions for " + predicted.size());
    }
    Map<String, Counts> counts = new TreeMap<>();
    long tokens = 0;
    long right = 0;
    for (int i = 0; i < gold.size(); i++) {
      List<String> g = gold.get(i);
      List<String> p = predicted.get(i);
      if (g.size() != p.size()) {
        throw new IllegalArgumentException(
            "sentence " + i + " has " + g.size() + " tags, but " + p.size() + " were predicted");
      }
      tokens += g.size();
      for (int t = 0; t < g.size(); t++) {
        right += g.get(t).equals(p.get(t)) ? 1 : 0;
      }
      compare(new HashSet<>(TagSpans.of(g)), new HashSet<>(TagSpans.of(p)), counts);
    }
    List<ClassScore> types = new ArrayList<>();
    counts.forEach((type, c) -> types.add(new ClassScore(type, c.right, c.wrong, c.missed)));
    return new SpanReport(tokens, right, types);
  }

  private static void compare(
      Set<TagSpan> gold, Set<TagSpan> predicted, Map<String, Counts> counts) {
    for (TagSpan span : predicted) {
      Counts c = counts.computeIfAbsent(span.type(), any -> new Counts());
      if (gold.contains(span)) {
        c.right++;
      } else {
        c.wrong++;
      }
    }
    for (TagSpan span : gold) {
      if (!predicted.contains(span)) {
        counts.computeIfAbsent(span.type(), any -> new Counts()).missed++;
      }
    }
  }

  /** Share of tokens with the right tag; 0 if there are none. */
  public double accuracy() {
    return tokens == 0 ? 0 : (double) rightTokens / tokens;
  }

  /** Precision, recall and F1 of all spans together. */
  public Scores micro() {
    return Scores.micro(types);
  }

  /** A line for each type and one for all: precision, recall, F1 in per cent, gold spans. */
  public String render() {
    StringBuilder table = new StringBuilder();
    int width = types.stream().mapToInt(t -> TextWidth.of(t.label())).max().orElse(0);
    for (ClassScore t : types) {
      table.append(t.label()).append(" ".repeat(width - TextWidth.of(t.label())));
      table.append(
          String.format(
              Locale.ROOT,
              "  precision %6.2f  recall %6.2f  F1 %6.2f  %d%n",
              100 * t.precision(),
              100 * t.recall(),
              100 * t.f1(),
              t.support()));
    }
    return table.toString();
  }
}
