package dev.carousel.cpu.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearWeights;
import dev.carousel.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneDnnLinearTest {
  private static final Engine ENGINE = new Engine(ThreadCount.of(0));
  private static final CpuFeatures CPU = CpuFeatures.detect();
  private static final OneDnnLinearKernels LINEAR =
      new OneDnnLinearKernels(() -> ENGINE, () -> CPU);
  private static final int INPUTS = 37;
  private static final int OUTPUTS = 53;

  private final SplittableRandom random = new SplittableRandom(30);
  private final float[] w = Trial.uniform(random, OUTPUTS * INPUTS, 1);
  private final float[] bias = Trial.uniform(random, OUTPUTS, 1);

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  /** Row counts on both sides of every block size. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 33, 127, 128, 129, 300})
  void singlePrecisionAgreesWithSumsInDouble(int rows) {
    check(rows, Precision.F32, 2e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 17, 128, 300})
  void bfloat16AgreesToItsOwnPrecision(int rows) {
    assumeTrue(CPU.hasBfloat16(), "the processor has no bfloat16");
    check(rows, Precision.BF16, 1e-2);
  }

  private void check(int rows, Precision precision, double tolerance) {
    float[] x = Trial.uniform(random, rows * INPUTS, 1);
    float[] dy = Trial.uniform(random, rows * OUTPUTS, 1);
    float[] y = new float[dy.length];
    float[] dx = new float[x.length];
    float[] dw = w.clone();
    float[] db = bias.clone();
    Tensor in = Tensor.of(x, rows, INPUTS);
    try (LinearWeights packed = LINEAR.pack(Tensor.of(w, OUTPUTS, INPUTS), precision)) {
      LINEAR.forward(in, packed, Tensor.of(bias, OUTPUTS), Tensor.of(y, rows, OUTPUTS));
      LINEAR.backward(
          new LinearBackward(
              in,
              packed,
              Tensor.of(dy, rows, OUTPUTS),
              Tensor.of(dx, rows, INPUTS),
              Tensor.of(dw, OUTPUTS, INPUTS),
              Tensor.of(db, OUTPUTS)));
    }
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < OUTPUTS; o++) {
        double want = bias[o] + dot(x, r * INPUTS, 1, w, o * INPUTS, 1, INPUTS);
        assertClose(y[r * OUTPUTS + o], want, tolerance * INPUTS);
      }
      for (int i = 0; i < INPUTS; i++) {
        double want = dot(dy, r * OUTPUTS, 1, w, i, INPUTS, OUTPUTS);
        assertClose(dx[r * INPUTS + i], want, tolerance * OUTPUTS);
      }
    }
    for (int o = 0; o < OUTPUTS; o++) {
      for (int i = 0; i < INPUTS; i++) {
        double want = w[o * INPUTS + i] + dot(dy, o, OUTPUTS, x, i, INPUTS, rows);
        assertClose(dw[o * INPUTS + i], want, tolerance * Math.max(rows, 4));
      }
      double sum = bias[o];
      for (int r = 0; r < rows; r++) {
        sum += dy[r * OUTPUTS + o];
      }
      assertClose(db[o], sum, 1e-6 * Math.max(rows, 4));
    }
  }

  private static double dot(float[] a, int a0, int as, float[] b, int b0, int bs, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (double) a[a0 + i * as] * b[b0 + i * bs];
    }
    return sum;
  }

  private static void assertClose(float got, double want, double tolerance) {
    assertThat(Math.abs(got - want)).as("%s, not %s", got, want).isLessThan(tolerance);
  }

  @Test
  void aChangedMatrixIsReadAgainOnRefreshInBothDirections() {
    float[] x = Trial.uniform(random, 3 * INPUTS, 1);
    float[] dy = Trial.uniform(random, 3 * OUTPUTS, 1);
    Tensor y = Tensor.of(new float[3 * OUTPUTS], 3, OUTPUTS);
    Tensor dx = Tensor.of(new float[3 * INPUTS], 3, INPUTS);
    Tensor in = Tensor.of(x, 3, INPUTS);
    try (LinearWeights packed = LINEAR.pack(Tensor.of(w, OUTPUTS, INPUTS), Precision.F32)) {
      LinearBackward io = new LinearBackward(in, packed, Tensor.of(dy, 3, OUTPUTS), dx, null, null);
      LINEAR.backward(io);
      for (int i = 0; i < w.length; i++) {
        w[i] *= 2;
      }
      packed.refresh();
      LINEAR.forward(in, packed, null, y);
      LINEAR.backward(io);
    }
    assertClose(y.heap().floats()[0], dot(x, 0, 1, w, 0, 1, INPUTS), 1e-4);
    assertClose(dx.heap().floats()[0], dot(dy, 0, 1, w, 0, INPUTS, OUTPUTS), 1e-4);
  }

  @Test
  void r08_aWrongShapeIsNamed() {
    Tensor x = Tensor.of(new float[3 * INPUTS], 3, INPUTS);
    Tensor y = Tensor.of(new float[4 * OUTPUTS], 4, OUTPUTS);
    try (LinearWeights packed = LINEAR.pack(Tensor.of(w, OUTPUTS, INPUTS), Precision.F32)) {
      assertThatThrownBy(() -> LINEAR.forward(x, packed, null, y))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("y must have shape [..., 53] with 3 rows, not [4, 53]");
    }
  }
}
