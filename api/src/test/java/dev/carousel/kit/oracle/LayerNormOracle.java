package dev.carousel.kit.oracle;

import dev.carousel.kit.run.Outcome;
import java.util.Arrays;

/**
 * Layer normalisation. Names of its results: {@code y}, {@code statistics}, {@code dx}, {@code
 * dGain}, {@code dShift}.
 *
 * @param x [M, C]
 * @param gain [C]
 * @param shift [C]
 * @param dy [M, C]
 */
@SuppressWarnings("ArrayRecordComponent") // flat buffers, never compared
public record LayerNormOracle(
    double[] x, double[] gain, double[] shift, double epsilon, double[] dy) {

  /** Every result. */
  public Outcome outcome() {
    Derivation derivation = new Derivation();
    Real[] inputs = derivation.given(x, 0, x.length);
    Real[] gains = derivation.given(gain, 0, gain.length);
    Real[] shifts = derivation.given(shift, 0, shift.length);
    double[] statistics = new double[2 * (x.length / gain.length)];
    Real[] y = new Real[x.length];
    for (int row = 0; row < x.length / gain.length; row++) {
      Real[] from = Arrays.copyOfRange(inputs, row * gain.length, (row + 1) * gain.length);
      Real mean = mean(derivation, from);
      Real[] centred = Arrays.stream(from).map(a -> a.minus(mean)).toArray(Real[]::new);
      Real inverse = inverseDeviation(derivation, centred);
      for (int c = 0; c < gain.length; c++) {
        y[row * gain.length + c] = centred[c].times(inverse).times(gains[c]).plus(shifts[c]);
      }
      statistics[2 * row] = mean.value();
      statistics[2 * row + 1] = inverse.value();
    }
    Derivation.seed(y, dy);
    derivation.backward();
    Outcome o = new Outcome();
    o.put("y", Derivation.values(y));
    o.put("statistics", statistics);
    o.put("dx", Derivation.gradients(inputs));
    o.put("dGain", Derivation.gradients(gains));
    o.put("dShift", Derivation.gradients(shifts));
    return o;
  }

  private static Real mean(Derivation derivation, Real[] a) {
    return derivation.sum(Arrays.asList(a)).times(1.0 / a.length);
  }

  /** 1 / √(variance + ε), as e^(−½ log). */
  private Real inverseDeviation(Derivation derivation, Real[] centred) {
    Real variance = derivation.dot(centred, centred).times(1.0 / centred.length);
    return variance.plus(derivation.given(epsilon)).log().times(-0.5).exp();
  }
}
