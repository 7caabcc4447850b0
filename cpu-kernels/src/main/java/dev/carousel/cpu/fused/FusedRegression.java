package dev.carousel.cpu.fused;

import dev.carousel.spi.Penalty;
import dev.carousel.spi.RegressionLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/** Losses of real-valued F32 predictions. */
final class FusedRegression {
  private FusedRegression() {}

  static void run(long engine, RegressionLoss io) {
    Tensor y = io.predictions();
    Tensor d = io.dPredictions();
    io.targets().require("targets", DType.F32, y.shape().dims());
    LossResult.require(io.loss());
    if (d != null) {
      d.require("dPredictions", DType.F32, y.shape().dims());
      Overlap.requireSameOrNone("predictions", y, "dPredictions", d);
      Overlap.requireNone("targets", io.targets(), "dPredictions", d);
    }
    int counted = countTargets(io.targets());
    double loss =
        Native.regression(
            engine,
            number(io.penalty().kind()),
            io.penalty().delta(),
            Floats.of(y),
            y.heapOffset(),
            Floats.of(io.targets()),
            io.targets().heapOffset(),
            (int) y.size(),
            counted > 0 ? io.scale() / counted : 0,
            Floats.ofNullable(d),
            Floats.at(d));
    LossResult.write(io.loss(), loss, counted);
  }

  private static int countTargets(Tensor targets) {
    float[] t = Floats.of(targets);
    int end = targets.heapOffset() + (int) targets.size();
    int counted = 0;
    for (int i = targets.heapOffset(); i < end; i++) {
      counted += Float.isNaN(t[i]) ? 0 : 1;
    }
    return counted;
  }

  /** The place of a penalty in the enumeration of {@code regression.h}. */
  private static int number(Penalty.Kind kind) {
    return switch (kind) {
      case SQUARED -> 0;
      case ABSOLUTE -> 1;
      case HUBER -> 2;
    };
  }
}
