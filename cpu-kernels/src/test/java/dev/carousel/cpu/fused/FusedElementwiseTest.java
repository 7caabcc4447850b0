package dev.carousel.cpu.fused;

import static dev.carousel.cpu.fused.Engines.assertClose;
import static dev.carousel.cpu.fused.Engines.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.spi.Activation;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.ElementwiseKernels;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FusedElementwiseTest {
  private static final Backend REFERENCE = Backends.named("reference", 1);

  @BeforeAll
  static void needsTheLibrary() {
    assumeTrue(FusedKernels.refusal() == null, FusedKernels::refusal);
  }

  @AfterAll
  static void close() {
    REFERENCE.close();
  }

  private static void eachKernels(Consumer<ElementwiseKernels> check) {
    Engines.each(k -> check.accept(k.elementwise(REFERENCE.elementwise())));
  }

  /** The first {@code n} of an array with more behind them, which no kernel may touch. */
  private static Tensor first(float[] a, int n) {
    return Tensor.of(a, a.length).slice(0, Shape.of(n));
  }

  private static double[] mapped(float[] x, int n, DoubleUnaryOperator f) {
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = f.applyAsDouble(x[i]);
    }
    return y;
  }

  private static float[] start(float[] a, int n) {
    assertThat(Arrays.copyOfRange(a, n, n + 17)).as("guards").containsOnly(0);
    return Arrays.copyOf(a, n);
  }

  private static double formula(Activation f, double x) {
    return switch (f) {
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case RELU -> Math.max(0, x);
    };
  }

  private static double derivative(Activation f, double y) {
    return switch (f) {
      case TANH -> 1 - y * y;
      case SIGMOID -> y * (1 - y);
      case RELU -> y > 0 ? 1 : 0;
    };
  }

  /** Both sides of a vector and of what one thread does alone; six roundings near one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 100, 32_767, 40_013})
  void activationsAndTheirGradientsFollowTheFormulas(int n) {
    float[] x = uniform(1, n, 12);
    float[] dy = uniform(2, n, 1);
    for (Activation f : Activation.values()) {
      double[] want = mapped(x, n, v -> formula(f, v));
      eachKernels(
          kernels -> {
            float[] y = new float[n + 17];
            float[] dx = new float[n + 17];
            kernels.activate(f, Tensor.of(x, n), first(y, n));
            kernels.activateBackward(f, first(y, n), Tensor.of(dy, n), first(dx, n));
            assertClose(f + " y", start(y, n), want, f == Activation.RELU ? 0 : 3.6e-7);
            double[] slopes = mapped(y, n, v -> derivative(f, v));
            for (int i = 0; i < n; i++) {
              slopes[i] *= dy[i];
            }
            assertClose(f + " dx", start(dx, n), slopes, 2.5e-7);
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 33, 40_013})
  void sumsAndProductsAreThoseOfSinglePrecision(int n) {
    float[] a = uniform(3, n, 2);
    float[] b = uniform(4, n, 2);
    eachKernels(
        kernels -> {
          float[] sum = new float[n + 17];
          float[] product = new float[n + 17];
          float[] scaled = new float[n + 17];
          System.arraycopy(b, 0, scaled, 0, n);
          kernels.add(Tensor.of(a, n), Tensor.of(b, n), first(sum, n));
          kernels.multiply(Tensor.of(a, n), Tensor.of(b, n), first(product, n));
          kernels.addScaled(0.3, Tensor.of(a, n), first(scaled, n));
          for (int i = 0; i < n; i++) {
            assertThat(sum[i]).isEqualTo(a[i] + b[i]);
            assertThat(product[i]).isEqualTo(a[i] * b[i]);
            assertThat((double) scaled[i]).isCloseTo(b[i] + 0.3 * a[i], within(2.5e-7));
          }
          start(sum, n);
          start(product, n);
          start(scaled, n);
        });
  }

  @Test
  void notANumberPassesEveryActivationAndEveryBound() {
    eachKernels(
        kernels -> {
          for (Activation f : Activation.values()) {
            float[] x = uniform(5, 37, 1);
            x[20] = Float.NaN;
            kernels.activate(f, Tensor.of(x, 37), Tensor.of(x, 37));
            assertThat(x[20]).as("%s", f).isNaN();
            assertThat(x[19]).as("%s", f).isNotNaN();
          }
          float[] x = {Float.NaN, 3, -3, 0.5f};
          kernels.clamp(Tensor.of(x, 4), 1);
          assertThat(x).containsExactly(Float.NaN, 1, -1, 0.5f);
        });
  }

  /** More rows than one thread copies alone, parts narrower and wider than a vector. */
  @Test
  void partsOfRowsAreJoinedAndTakenApart() {
    int rows = 700;
    float[] a = uniform(6, rows * 3, 1);
    float[] b = uniform(7, rows * 50, 1);
    eachKernels(
        kernels -> {
          float[] whole = new float[rows * 53];
          Tensor joined = Tensor.of(whole, rows, 53);
          Tensor[] parts = {Tensor.of(a, rows, 3), Tensor.of(b, rows, 50)};
          kernels.concat(parts, joined);
          for (int i = 0; i < whole.length; i++) {
            int column = i % 53;
            float want = column < 3 ? a[i / 53 * 3 + column] : b[i / 53 * 50 + column - 3];
            assertThat(whole[i]).isEqualTo(want);
          }
          float[] left = new float[rows * 3];
          float[] right = new float[rows * 50];
          kernels.split(
              joined, new Tensor[] {Tensor.of(left, rows, 3), Tensor.of(right, rows, 50)});
          assertThat(left).isEqualTo(a);
          assertThat(right).isEqualTo(b);
        });
  }
}
