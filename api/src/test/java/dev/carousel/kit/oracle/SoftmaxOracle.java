package dev.carousel.kit.oracle;

import dev.carousel.kit.run.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Softmax cross entropy. Names of its results: {@code loss}, {@code dLogits}, {@code
 * probabilities}.
 *
 * @param logits [M, C]
 * @param gold [M]
 * @param weights [C]
 */
@SuppressWarnings("ArrayRecordComponent") // flat buffers, never compared
public record SoftmaxOracle(
    double[] logits, int[] gold, double[] weights, double smoothing, double scale) {

  /** Every result. */
  public Outcome outcome() {
    Derivation derivation = new Derivation();
    Real[] all = derivation.given(logits, 0, logits.length);
    double[] probabilities = new double[logits.length];
    Real loss = derivation.given(0);
    double weight = 0;
    for (int m = 0; m < gold.length; m++) {
      List<Real> p = logProbabilities(derivation, all, m);
      for (int c = 0; c < weights.length; c++) {
        probabilities[m * weights.length + c] = Math.exp(p.get(c).value());
      }
      if (gold[m] >= 0) {
        loss = loss.plus(loss(derivation, p, gold[m]));
        weight += weights[gold[m]];
      }
    }
    if (weight > 0) {
      loss.receive(scale / weight);
      derivation.backward();
    }
    Outcome o = new Outcome();
    o.put("loss", new double[] {loss.value(), weight});
    o.put("dLogits", Derivation.gradients(all));
    o.put("probabilities", probabilities);
    return o;
  }

  private List<Real> logProbabilities(Derivation derivation, Real[] all, int m) {
    List<Real> row = Arrays.asList(all).subList(m * weights.length, (m + 1) * weights.length);
    Real total = derivation.logSumExp(row);
    return row.stream().map(a -> a.minus(total)).toList();
  }

  private Real loss(Derivation derivation, List<Real> p, int g) {
    List<Real> smoothed = new ArrayList<>();
    for (int c = 0; c < weights.length; c++) {
      smoothed.add(p.get(c).times(-smoothing / weights.length * weights[c]));
    }
    return derivation.sum(smoothed).plus(p.get(g).times(-(1 - smoothing) * weights[g]));
  }
}
