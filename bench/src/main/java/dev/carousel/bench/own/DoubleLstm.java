package dev.carousel.bench.own;

import dev.carousel.bench.row.Decoding;

/** One direction of an LSTM layer (i, f, g, o, two biases), plain loops in double precision. */
final class DoubleLstm {
  private final float[] input;
  private final float[] hidden;
  private final float[] inputBias;
  private final float[] hiddenBias;
  private final int units;

  /** h and c, [H]. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record State(double[] h, double[] c) {}

  DoubleLstm(Decoding decoding, String name, String direction) {
    input = decoding.weight(name + "weight_ih_l0" + direction);
    hidden = decoding.weight(name + "weight_hh_l0" + direction);
    inputBias = decoding.weight(name + "bias_ih_l0" + direction);
    hiddenBias = decoding.weight(name + "bias_hh_l0" + direction);
    units = inputBias.length / 4;
  }

  State zero() {
    return new State(new double[units], new double[units]);
  }

  State step(double[] x, State before) {
    double[] ofInput = DoubleLinear.apply(input, inputBias, x);
    double[] ofHidden = DoubleLinear.apply(hidden, hiddenBias, before.h());
    State after = zero();
    for (int u = 0; u < units; u++) {
      double i = sigmoid(ofInput[u] + ofHidden[u]);
      double f = sigmoid(ofInput[units + u] + ofHidden[units + u]);
      double g = Math.tanh(ofInput[2 * units + u] + ofHidden[2 * units + u]);
      double o = sigmoid(ofInput[3 * units + u] + ofHidden[3 * units + u]);
      after.c()[u] = f * before.c()[u] + i * g;
      after.h()[u] = o * Math.tanh(after.c()[u]);
    }
    return after;
  }

  private static double sigmoid(double v) {
    return 1 / (1 + Math.exp(-v));
  }
}
