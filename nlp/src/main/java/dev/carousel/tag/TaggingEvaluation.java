package dev.carousel.tag;

import dev.carousel.eval.Measurement;
import dev.carousel.eval.Scores;
import dev.carousel.eval.SpanReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How well a tagger does on tagged sentences.
 *
 * @param scheme of the tags; spans count unless it is plain
 * @param spans precision, recall and F1 by the rule of {@code conlleval}, and accuracy of tokens
 * @param intentAccuracy share of the sentences whose intent is right; NaN without intents
 * @param exact share of the sentences in which everything is right, tags and intent
 * @param sentences how many there were
 * @param seconds that tagging took
 */
public record TaggingEvaluation(
    TagScheme scheme,
    SpanReport spans,
    double intentAccuracy,
    double exact,
    int sentences,
    double seconds)
    implements Measurement {

  /** F1 of spans, 0 to 1; for plain tags the accuracy. */
  public double f1() {
    return scheme == TagScheme.PLAIN ? spans.accuracy() : spans.micro().f1();
  }

  /** Share of the tokens with the right tag, 0 to 1. */
  public double accuracy() {
    return spans.accuracy();
  }

  /**
   * What selects the best epoch: F1 of spans, for plain tags the accuracy; with intents its mean
   * with their accuracy.
   */
  public double score() {
    return Double.isNaN(intentAccuracy) ? f1() : (f1() + intentAccuracy) / 2;
  }

  @Override
  public Map<String, Number> figures() {
    Map<String, Number> figures = new LinkedHashMap<>();
    if (scheme != TagScheme.PLAIN) {
      Scores all = spans.micro();
      figures.put("f1", all.f1());
      figures.put("precision", all.precision());
      figures.put("recall", all.recall());
    }
    figures.put("accuracy", spans.accuracy());
    if (!Double.isNaN(intentAccuracy)) {
      figures.put("intentAccuracy", intentAccuracy);
    }
    figures.put("exact", exact);
    figures.put("examples", sentences);
    return figures;
  }

  @Override
  public String summary() {
    StringBuilder line = new StringBuilder();
    if (scheme != TagScheme.PLAIN) {
      Scores all = spans.micro();
      line.append(
          String.format(
              Locale.ROOT,
              "F1 %.4f  precision %.4f  recall %.4f  ",
              all.f1(),
              all.precision(),
              all.recall()));
    }
    line.append(String.format(Locale.ROOT, "token accuracy %.4f", spans.accuracy()));
    if (!Double.isNaN(intentAccuracy)) {
      line.append(String.format(Locale.ROOT, "  intent accuracy %.4f", intentAccuracy));
    }
    return line.append("  on ").append(sentences).append(" sentences").toString();
  }

  @Override
  public long tokens() {
    return spans.tokens();
  }
}
