package dev.carousel.eval;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * BLEU of a corpus with one reference (Papineni et al. 2002), with the exponential smoothing of
 * mteval-v13a: the k-th order without a match counts as 1 / 2^k matches. Computed as sacreBLEU 2
 * does with its defaults; it is said of the corpus, not a mean of sentences.
 *
 * @param score 0 to 100
 * @param precisions of orders 1 to 4, smoothed, 0 to 100
 * @param brevityPenalty 0 to 1
 * @param hypothesisLength tokens of the hypotheses
 * @param referenceLength tokens of the references
 * @param tokenizer what cut them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Bleu(
    double score,
    double[] precisions,
    double brevityPenalty,
    long hypothesisLength,
    long referenceLength,
    BleuTokenizer tokenizer) {
  private static final int ORDERS = 4;

  /** The version of sacreBLEU whose numbers these are. */
  private static final String VERSION = "2.6.0";

  /**
   * Compares translations with their references.
   *
   * @throws IllegalArgumentException if there are not as many of both, or none
   */
  public static Bleu of(BleuTokenizer tokenizer, List<String> hypotheses, List<String> references) {
    requirePairs(hypotheses, references);
    long[] correct = new long[ORDERS];
    long[] total = new long[ORDERS];
    long hypothesisLength = 0;
    long referenceLength = 0;
    for (int i = 0; i < hypotheses.size(); i++) {
      List<String> h = tokenizer.tokens(hypotheses.get(i));
      List<String> r = tokenizer.tokens(references.get(i));
      hypothesisLength += h.size();
      referenceLength += r.size();
      for (int n = 1; n <= ORDERS; n++) {
        NgramCounts found = NgramCounts.of(h, n);
        total[n - 1] += found.total();
        correct[n - 1] += found.matches(NgramCounts.of(r, n));
      }
    }
    double[] p = precisions(correct, total);
    double bp = brevityPenalty(hypothesisLength, referenceLength);
    return new Bleu(score(bp, p), p, bp, hypothesisLength, referenceLength, tokenizer);
  }

  static void requirePairs(List<String> hypotheses, List<String> references) {
    if (hypotheses.isEmpty() || hypotheses.size() != references.size()) {
      throw new IllegalArgumentException(
          "%d hypotheses for %d references; there must be one for each, and at least one"
              .formatted(hypotheses.size(), references.size()));
    }
  }

  private static double brevityPenalty(long hypothesis, long reference) {
    if (hypothesis >= reference) {
      return 1;
    }
    return hypothesis == 0 ? 0 : Math.exp(1 - (double) reference / hypothesis);
  }

  private static double[] precisions(long[] correct, long[] total) {
    double[] p = new double[ORDERS];
    if (Arrays.stream(correct).allMatch(c -> c == 0)) {
      return p;
    }
    double smoothing = 1;
    for (int n = 0; n < ORDERS && total[n] > 0; n++) {
      if (correct[n] == 0) {
        smoothing *= 2;
        p[n] = 100 / (smoothing * total[n]);
      } else {
        p[n] = 100.0 * correct[n] / total[n];
      }
    }
    return p;
  }

  private static double score(double brevityPenalty, double[] precisions) {
    double sum = 0;
    for (double p : precisions) {
      if (p == 0) {
        return 0;
      }
      sum += Math.log(p);
    }
    return brevityPenalty * Math.exp(sum / ORDERS);
  }

  /** The signature that sacreBLEU gives to this computation. */
  public String signature() {
    return "nrefs:1|case:mixed|eff:no|tok:%s|smooth:exp|version:%s"
        .formatted(tokenizer.signature(), VERSION);
  }

  /** As sacreBLEU prints it, without the signature. */
  @Override
  public String toString() {
    String each =
        Arrays.stream(precisions)
            .mapToObj(p -> Rounding.fixed(p, 1))
            .collect(Collectors.joining("/"));
    double ratio = referenceLength == 0 ? 0 : (double) hypothesisLength / referenceLength;
    return "BLEU = %s %s (BP = %s ratio = %s hyp_len = %d ref_len = %d)"
        .formatted(
            Rounding.fixed(score, 2),
            each,
            Rounding.fixed(brevityPenalty, 3),
            Rounding.fixed(ratio, 3),
            hypothesisLength,
            referenceLength);
  }
}
