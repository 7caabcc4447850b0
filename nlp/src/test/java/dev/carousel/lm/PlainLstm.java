package dev.carousel.lm;

import java.util.Arrays;
import java.util.Map;

/**
 * A language model of one LSTM layer in double, written down from the equations, to hold the real
 * one against. Parameters by PyTorch's names; gates i, f, g, o.
 */
record PlainLstm(Map<String, float[]> parameters, int words, int features, int units) {
  /** The sum of −ln p over all tokens of the stream but the first. */
  double nats(int[] stream) {
    double[] h = new double[units];
    double[] c = new double[units];
    double nats = 0;
    for (int i = 0; i + 1 < stream.length; i++) {
      step(stream[i], h, c);
      nats += crossEntropy(h, stream[i + 1]);
    }
    return nats;
  }

  /** h after these tokens. */
  double[] state(int... ids) {
    double[] h = new double[units];
    double[] c = new double[units];
    for (int id : ids) {
      step(id, h, c);
    }
    return h;
  }

  private void step(int id, double[] h, double[] c) {
    float[] x = row("embedding.weight", id, features);
    double[] gates = new double[4 * units];
    for (int r = 0; r < gates.length; r++) {
      gates[r] =
          parameters.get("rnn.bias_ih_l0")[r]
              + parameters.get("rnn.bias_hh_l0")[r]
              + dot(row("rnn.weight_ih_l0", r, features), x)
              + dot(row("rnn.weight_hh_l0", r, units), h);
    }
    for (int j = 0; j < units; j++) {
      double forget = sigmoid(gates[units + j]);
      c[j] = forget * c[j] + sigmoid(gates[j]) * Math.tanh(gates[2 * units + j]);
      h[j] = sigmoid(gates[3 * units + j]) * Math.tanh(c[j]);
    }
  }

  private double crossEntropy(double[] h, int gold) {
    double[] logits = new double[words];
    for (int w = 0; w < words; w++) {
      logits[w] = parameters.get("output.bias")[w] + dot(row("output.weight", w, units), h);
    }
    return Math.log(Arrays.stream(logits).map(Math::exp).sum()) - logits[gold];
  }

  private float[] row(String name, int row, int width) {
    return Arrays.copyOfRange(parameters.get(name), row * width, (row + 1) * width);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static double dot(float[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
