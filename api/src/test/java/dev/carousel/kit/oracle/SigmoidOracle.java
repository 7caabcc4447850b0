package dev.carousel.kit.oracle;

import dev.carousel.kit.run.Outcome;

/**
 * Logistic loss of independent labels, in the form {@code max(−x, 0) + log(1 + e^−|x|)} of {@code
 * −log σ(x)}, which neither overflows nor cancels. Names of its results: {@code loss}, {@code
 * dLogits}.
 *
 * @param logits [M, C]
 * @param targets [M, C]
 * @param weights [C]
 */
@SuppressWarnings("ArrayRecordComponent") // flat buffers, never compared
public record SigmoidOracle(double[] logits, double[] targets, double[] weights, double scale) {

  /** Every result. */
  public Outcome outcome() {
    double sum = 0;
    int count = 0;
    double[] gradient = new double[logits.length];
    int classes = weights.length;
    for (int i = 0; i < logits.length; i++) {
      if (targets[i / classes * classes] >= 0) {
        double w = weights[i % classes];
        double t = targets[i];
        sum += w * t * negativeLogSigmoid(logits[i]) + (1 - t) * negativeLogSigmoid(-logits[i]);
        gradient[i] = -w * t * sigmoid(-logits[i]) + (1 - t) * sigmoid(logits[i]);
        count++;
      }
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= count == 0 ? 0 : scale / count;
    }
    Outcome o = new Outcome();
    o.put("loss", new double[] {sum, count});
    o.put("dLogits", gradient);
    return o;
  }

  private static double negativeLogSigmoid(double x) {
    return Math.max(-x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
