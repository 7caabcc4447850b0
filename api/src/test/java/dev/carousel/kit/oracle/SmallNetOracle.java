package dev.carousel.kit.oracle;

import static dev.carousel.kit.run.SmallNet.D;
import static dev.carousel.kit.run.SmallNet.H;
import static dev.carousel.kit.run.SmallNet.K;
import static dev.carousel.kit.run.SmallNet.N;
import static dev.carousel.kit.run.SmallNet.T;

import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.kit.run.RnnData;
import dev.carousel.kit.run.SmallNet;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.SgdUpdate.Momentum;
import java.util.Arrays;

/** Trains {@link SmallNet} in double, from the oracles of its parts. */
public final class SmallNetOracle {
  private static final RnnCase CASE =
      RnnCase.of(SmallNet.spec(Precision.F64), T, N, LengthPattern.RAGGED, 0);

  private final OptimizerOracle optimizer = new OptimizerOracle(SmallNet.parameters());
  private double loss;

  private SmallNetOracle() {}

  /** Names of the results: {@code loss} of each step, {@code parameters} after the last. */
  public static Outcome train(int steps) {
    SmallNetOracle oracle = new SmallNetOracle();
    double[] losses = new double[steps];
    for (int i = 0; i < steps; i++) {
      double[] g = oracle.gradient();
      losses[i] = oracle.loss;
      double factor = OptimizerOracle.factor(g, SmallNet.MAX_NORM);
      oracle.optimizer.sgd(g, factor, SmallNet.RATE, SmallNet.MOMENTUM, Momentum.CLASSICAL, 0);
    }
    Outcome o = new Outcome();
    o.put("loss", losses);
    o.put("parameters", oracle.parameters());
    return o;
  }

  private double[] parameters() {
    return optimizer.outcome().get("p");
  }

  private double[] gradient() {
    double[] p = parameters();
    double[] matrix = Arrays.copyOfRange(p, SmallNet.matrixAt(), SmallNet.biasAt());
    double[] bias = Arrays.copyOfRange(p, SmallNet.biasAt(), p.length);
    double[] y = recurrence(new double[T * N * 2 * H]).get("y");
    double[] none = new double[T * N * K];
    double[] logits = new LinearOracle(y, matrix, bias, none).outcome().get("y");
    double[] ones = {1, 1, 1, 1};
    Outcome softmax = new SoftmaxOracle(logits, SmallNet.gold(), ones, 0, 1).outcome();
    loss = softmax.get("loss")[0];
    Outcome linear = new LinearOracle(y, matrix, bias, softmax.get("dLogits")).outcome();
    Outcome rnn = recurrence(linear.get("dx"));
    double[] g = new double[p.length];
    scatter(rnn.get("dx"), g);
    System.arraycopy(rnn.get("dWeights"), 0, g, SmallNet.rnnAt(), rnn.get("dWeights").length);
    System.arraycopy(linear.get("dw"), 0, g, SmallNet.matrixAt(), matrix.length);
    System.arraycopy(linear.get("dBias"), 0, g, SmallNet.biasAt(), bias.length);
    return g;
  }

  private Outcome recurrence(double[] dy) {
    double[] p = parameters();
    double[] x = new double[T * N * D];
    int[] ids = SmallNet.ids();
    Arrays.setAll(x, i -> ids[i / D] < 0 ? 0 : p[ids[i / D] * D + i % D]);
    double[] state = new double[2 * N * H];
    return RnnOracle.of(
        CASE,
        new RnnData(
            T,
            SmallNet.lengths(),
            x,
            Arrays.copyOfRange(p, SmallNet.rnnAt(), SmallNet.matrixAt()),
            state,
            state,
            dy,
            state,
            state));
  }

  private static void scatter(double[] dx, double[] dTable) {
    int[] ids = SmallNet.ids();
    for (int i = 0; i < dx.length; i++) {
      if (ids[i / D] >= 0) {
        dTable[ids[i / D] * D + i % D] += dx[i];
      }
    }
  }
}
