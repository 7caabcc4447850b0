package dev.carousel.kit.oracle;

import dev.carousel.kit.run.Outcome;
import dev.carousel.spi.Penalty;
import java.util.ArrayList;
import java.util.List;

/**
 * Losses of real-valued predictions. Its results are called {@code loss} and, for the gradient of
 * the predictions, "dPredictions".
 *
 * @param predictions any number
 * @param targets as many; NaN where a prediction does not count
 */
@SuppressWarnings("ArrayRecordComponent") // flat buffers, never compared
public record RegressionOracle(
    double[] predictions, double[] targets, Penalty penalty, double scale) {

  /** Every result. */
  public Outcome outcome() {
    Derivation derivation = new Derivation();
    Real[] all = derivation.given(predictions, 0, predictions.length);
    List<Real> costs = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      if (!Double.isNaN(targets[i])) {
        costs.add(cost(derivation, all[i].minus(derivation.given(targets[i]))));
      }
    }
    Real sum = derivation.sum(costs);
    if (!costs.isEmpty()) {
      sum.receive(scale / costs.size());
      derivation.backward();
    }
    Outcome o = new Outcome();
    o.put("loss", new double[] {sum.value(), costs.size()});
    o.put("dPredictions", Derivation.gradients(all));
    return o;
  }

  private Real cost(Derivation derivation, Real error) {
    Real size = error.relu().plus(error.times(-1).relu());
    double delta = penalty.delta();
    return switch (penalty.kind()) {
      case SQUARED -> error.times(error);
      case ABSOLUTE -> size;
      case HUBER ->
          size.value() <= delta
              ? error.times(error).times(0.5)
              : size.minus(derivation.given(delta / 2)).times(delta);
    };
  }
}
