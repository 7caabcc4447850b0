package dev.carousel.reference;

import dev.carousel.spi.Penalty;
import dev.carousel.spi.RegressionLoss;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Losses of real-valued predictions, element by element in order. */
final class RegressionSum {
  private RegressionSum() {}

  static void write(RegressionLoss io) {
    Tensor predictions = io.predictions();
    io.targets().require("targets", predictions.type(), predictions.shape().dims());
    io.loss().require("loss", predictions.type(), 2);
    Tensor gradient = io.dPredictions();
    if (gradient != null) {
      gradient.require("dPredictions", predictions.type(), predictions.shape().dims());
      Operands.sameOrDisjoint("predictions", predictions, "dPredictions", gradient);
      Operands.disjoint("targets", io.targets(), "dPredictions", gradient);
    }
    Reals y = Reals.of("predictions", predictions);
    Reals t = Reals.of("targets", io.targets());
    int n = (int) predictions.size();
    int counted = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double error = y.get(i) - t.get(i);
      if (counts(t, i)) {
        counted++;
        sum += cost(io.penalty(), error);
      }
    }
    Reals out = Reals.of("loss", io.loss());
    out.set(0, sum);
    out.set(1, counted);
    writeGradient(io, y, t, gradient == null ? null : Reals.of("dPredictions", gradient));
  }

  private static boolean counts(Reals targets, int i) {
    return !Double.isNaN(targets.get(i));
  }

  private static void writeGradient(RegressionLoss io, Reals y, Reals t, @Nullable Reals gradient) {
    if (gradient == null) {
      return;
    }
    double counted = Reals.of("loss", io.loss()).get(1);
    double factor = counted > 0 ? io.scale() / counted : 0;
    for (int i = 0; i < (int) io.predictions().size(); i++) {
      double error = y.get(i) - t.get(i);
      gradient.set(i, counts(t, i) ? factor * slope(io.penalty(), error) : 0);
    }
  }

  private static double cost(Penalty penalty, double error) {
    double size = Math.abs(error);
    double delta = penalty.delta();
    return switch (penalty.kind()) {
      case SQUARED -> error * error;
      case ABSOLUTE -> size;
      case HUBER -> size <= delta ? error * error / 2 : delta * (size - delta / 2);
    };
  }

  private static double slope(Penalty penalty, double error) {
    double delta = penalty.delta();
    return switch (penalty.kind()) {
      case SQUARED -> 2 * error;
      case ABSOLUTE -> Math.signum(error);
      case HUBER -> Math.max(-delta, Math.min(delta, error));
    };
  }
}
