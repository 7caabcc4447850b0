package dev.carousel.eval;

import java.util.List;

/**
 * chrF of a corpus with one reference (Popović, "chrF: character n-gram F-score for automatic MT
 * evaluation", 2015): the F-score, recall counting twice as much, of character n-grams of orders 1
 * to 6 without white space. Computed as sacreBLEU 2 does with its defaults: precisions and recalls
 * are those of the corpus, averaged over the orders that occur.
 *
 * @param score 0 to 100
 */
public record ChrF(double score) {
  private static final int ORDERS = 6;
  private static final int BETA_SQUARED = 4;
  private static final String VERSION = "2.6.0";

  /**
   * Compares translations with their references.
   *
   * @throws IllegalArgumentException if there are not as many of both, or none
   */
  public static ChrF of(List<String> hypotheses, List<String> references) {
    Bleu.requirePairs(hypotheses, references);
    long[] inHypotheses = new long[ORDERS];
    long[] inReferences = new long[ORDERS];
    long[] inBoth = new long[ORDERS];
    for (int i = 0; i < hypotheses.size(); i++) {
      List<Integer> h = characters(hypotheses.get(i));
      List<Integer> r = characters(references.get(i));
      for (int n = 1; n <= ORDERS; n++) {
        NgramCounts found = NgramCounts.of(h, n);
        NgramCounts wanted = NgramCounts.of(r, n);
        // a reference too short for an order says nothing of a hypothesis
        inHypotheses[n - 1] += wanted.total() == 0 ? 0 : found.total();
        inReferences[n - 1] += wanted.total();
        inBoth[n - 1] += found.matches(wanted);
      }
    }
    return new ChrF(score(inHypotheses, inReferences, inBoth));
  }

  private static List<Integer> characters(String text) {
    return text.codePoints().filter(c -> !WhiteSpaces.isSpace(c)).boxed().toList();
  }

  private static double score(long[] inHypotheses, long[] inReferences, long[] inBoth) {
    double precision = 0;
    double recall = 0;
    int orders = 0;
    for (int n = 0; n < ORDERS; n++) {
      if (inHypotheses[n] > 0 && inReferences[n] > 0) {
        precision += (double) inBoth[n] / inHypotheses[n];
        recall += (double) inBoth[n] / inReferences[n];
        orders++;
      }
    }
    if (precision + recall == 0) {
      return 0;
    }
    precision /= orders;
    recall /= orders;
    return 100 * ((1 + BETA_SQUARED) * precision * recall) / (BETA_SQUARED * precision + recall);
  }

  /** The signature that sacreBLEU gives to this computation. */
  public String signature() {
    return "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:" + VERSION;
  }

  /** As sacreBLEU prints it, without the signature. */
  @Override
  public String toString() {
    return "chrF2 = " + Rounding.fixed(score, 2);
  }
}
