package dev.carousel.kit.oracle;

import dev.carousel.kit.run.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Linear-chain CRF by enumeration of every path. Names of its results: loss, dEmissions,
 * dTransitions, path, score.
 *
 * @param emissions [T, N, K]
 * @param transitions [K + 2, K]
 * @param gold [T, N]
 */
@SuppressWarnings("ArrayRecordComponent") // flat buffers, never compared
public record CrfOracle(
    int[] lengths, int labels, double[] emissions, double[] transitions, int[] gold, double scale) {

  /** Every result. */
  public Outcome outcome() {
    return new Enumeration().outcome();
  }

  private final class Enumeration {
    private final Derivation derivation = new Derivation();
    private final Real[] e = derivation.given(emissions, 0, emissions.length);
    private final Real[] a = derivation.given(transitions, 0, transitions.length);
    private final double[] path = new double[gold.length];
    private final double[] score = new double[lengths.length];
    private Real loss = derivation.given(0);
    private int rows;

    Outcome outcome() {
      Arrays.fill(path, -1);
      for (int n = 0; n < lengths.length; n++) {
        if (lengths[n] > 0) {
          row(n);
          rows++;
        }
      }
      loss.receive(scale / rows);
      derivation.backward();
      Outcome o = new Outcome();
      o.put("loss", new double[] {loss.value(), rows});
      o.put("dEmissions", Derivation.gradients(e));
      o.put("dTransitions", Derivation.gradients(a));
      o.put("path", path);
      o.put("score", score);
      return o;
    }

    private void row(int n) {
      List<Real> scores = new ArrayList<>();
      int best = 0;
      int paths = (int) Math.pow(labels, lengths[n]);
      for (int code = 0; code < paths; code++) {
        scores.add(score(n, decode(code, lengths[n])));
        best = scores.get(code).value() > scores.get(best).value() ? code : best;
      }
      int[] bestPath = decode(best, lengths[n]);
      int[] goldPath = new int[lengths[n]];
      for (int t = 0; t < lengths[n]; t++) {
        path[t * lengths.length + n] = bestPath[t];
        goldPath[t] = gold[t * lengths.length + n];
      }
      score[n] = scores.get(best).value();
      loss = loss.plus(derivation.logSumExp(scores)).minus(score(n, goldPath));
    }

    /** The labels of path number {@code code}: its digits to base K. */
    private int[] decode(int code, int length) {
      int[] digits = new int[length];
      for (int t = 0, rest = code; t < length; t++, rest /= labels) {
        digits[t] = rest % labels;
      }
      return digits;
    }

    private Real score(int n, int[] path) {
      List<Real> terms = new ArrayList<>();
      terms.add(a[labels * labels + path[0]]);
      terms.add(a[(labels + 1) * labels + path[path.length - 1]]);
      for (int t = 0; t < path.length; t++) {
        terms.add(e[(t * lengths.length + n) * labels + path[t]]);
        if (t > 0) {
          terms.add(a[path[t - 1] * labels + path[t]]);
        }
      }
      return derivation.sum(terms);
    }
  }
}
