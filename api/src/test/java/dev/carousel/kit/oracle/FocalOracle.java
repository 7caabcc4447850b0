package dev.carousel.kit.oracle;

import dev.carousel.kit.run.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Focal losses, written in logarithms: (1 − p)^γ = e^(γ log(1 − p)), where 1 − p is the share of
 * all other classes. Names of their results: {@code loss}, {@code dLogits}.
 *
 * @param logits [M, C]
 * @param weights [C]
 * @param focus γ
 */
@SuppressWarnings("ArrayRecordComponent") // flat buffers, never compared
public record FocalOracle(double[] logits, double[] weights, double focus, double scale) {

  /**
   * Of classes.
   *
   * @param gold [M], negative where a row does not count
   */
  public Outcome softmax(int[] gold) {
    Derivation derivation = new Derivation();
    Real[] all = derivation.given(logits, 0, logits.length);
    List<Real> losses = new ArrayList<>();
    double weight = 0;
    int classes = weights.length;
    for (int m = 0; m < gold.length; m++) {
      if (gold[m] >= 0) {
        List<Real> row = Arrays.asList(all).subList(m * classes, (m + 1) * classes);
        List<Real> others = new ArrayList<>(row);
        Real own = others.remove(gold[m]);
        Real total = derivation.logSumExp(row);
        Real wrong = derivation.logSumExp(others).minus(total);
        losses.add(cost(own.minus(total), wrong).times(weights[gold[m]]));
        weight += weights[gold[m]];
      }
    }
    return outcome(derivation, derivation.sum(losses), weight, all);
  }

  /**
   * Of independent labels.
   *
   * @param targets [M, C]; a row whose first is negative does not count
   */
  public Outcome sigmoid(double[] targets) {
    Derivation derivation = new Derivation();
    Real[] all = derivation.given(logits, 0, logits.length);
    List<Real> losses = new ArrayList<>();
    int classes = weights.length;
    int counted = 0;
    for (int i = 0; i < logits.length; i++) {
      if (targets[i / classes * classes] >= 0) {
        Real zero = derivation.given(0);
        Real total = derivation.logSumExp(List.of(zero, all[i]));
        Real right = all[i].minus(total);
        Real wrong = zero.minus(total);
        losses.add(cost(right, wrong).times(weights[i % classes] * targets[i]));
        losses.add(cost(wrong, right).times(1 - targets[i]));
        counted++;
      }
    }
    return outcome(derivation, derivation.sum(losses), counted, all);
  }

  /** −(1 − p)^γ log p. */
  private Real cost(Real logRight, Real logWrong) {
    return logWrong.times(focus).exp().times(logRight).times(-1);
  }

  private Outcome outcome(Derivation derivation, Real sum, double weight, Real[] all) {
    if (weight > 0) {
      sum.receive(scale / weight);
      derivation.backward();
    }
    Outcome o = new Outcome();
    o.put("loss", new double[] {sum.value(), weight});
    o.put("dLogits", Derivation.gradients(all));
    return o;
  }
}
