package dev.carousel.reference;

import dev.carousel.spi.LayerNormBackward;
import dev.carousel.spi.LayerNormForward;
import dev.carousel.spi.NormalizationKernels;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Layer normalisation row by row; what is summed over rows is summed in their order. */
record ReferenceNormalization(ThreadScratch scratch) implements NormalizationKernels {
  @Override
  public void forward(LayerNormForward io) {
    io.requireFits();
    int features = io.features();
    Reals x = Reals.of("x", io.x());
    Reals gain = Reals.of("gain", io.gain());
    Reals shift = Reals.of("shift", io.shift());
    Reals y = Reals.of("y", io.y());
    Reals statistics = Reals.of("statistics", io.statistics());
    double[] row = scratch.take(features).array();
    for (int r = 0; r < io.rows(); r++) {
      x.read(r * features, row, 0, features);
      double mean = sum(row, features) / features;
      double squares = 0;
      for (int c = 0; c < features; c++) {
        row[c] -= mean;
        squares += row[c] * row[c];
      }
      double inverse = 1 / Math.sqrt(squares / features + io.epsilon());
      for (int c = 0; c < features; c++) {
        row[c] = gain.get(c) * row[c] * inverse + shift.get(c);
      }
      y.write(r * features, row, 0, features);
      statistics.set(2 * r, mean);
      statistics.set(2 * r + 1, inverse);
    }
  }

  private static double sum(double[] values, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += values[i];
    }
    return sum;
  }

  @Override
  public void backward(LayerNormBackward io) {
    io.requireFits();
    int features = io.forward().features();
    double[] sums = scratch.take(2L * features).array();
    Arrays.fill(sums, 0, 2 * features, 0);
    Reals gain = Reals.of("gain", io.forward().gain());
    Row row =
        new Row(
            features,
            Reals.of("x", io.forward().x()),
            Reals.of("statistics", io.forward().statistics()),
            Reals.of("dy", io.dy()),
            Reals.of("dx", io.dx()));
    for (int r = 0; r < io.forward().rows(); r++) {
      row.differentiate(r, gain, sums);
    }
    add(sums, 0, features, io.dGain());
    add(sums, features, features, io.dShift());
  }

  private static void add(double[] sums, int from, int n, @Nullable Tensor to) {
    if (to != null) {
      Reals.of("gradient", to).addAll(0, sums, from, n);
    }
  }

  /** What backward reads and writes, a row at a time. */
  private record Row(int features, Reals x, Reals statistics, Reals dy, Reals dx) {
    private double normal(int r, int c) {
      return (x.get(r * features + c) - statistics.get(2 * r)) * statistics.get(2 * r + 1);
    }

    /**
     * Writes the gradient of row {@code r}'s input.
     *
     * @param sums added to: Σ dy ⊙ n, then Σ dy, [2C]
     */
    void differentiate(int r, Reals gain, double[] sums) {
      double g = 0;
      double gn = 0;
      for (int c = 0; c < features; c++) {
        double d = dy.get(r * features + c);
        double n = normal(r, c);
        sums[c] += d * n;
        sums[features + c] += d;
        g += gain.get(c) * d;
        gn += gain.get(c) * d * n;
      }
      double inverse = statistics.get(2 * r + 1);
      for (int c = 0; c < features; c++) {
        double own = gain.get(c) * dy.get(r * features + c);
        dx.set(r * features + c, (own - g / features - normal(r, c) * gn / features) * inverse);
      }
    }
  }
}
