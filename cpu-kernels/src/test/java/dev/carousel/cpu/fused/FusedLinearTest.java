package dev.carousel.cpu.fused;

import static dev.carousel.cpu.fused.Engines.assertClose;
import static dev.carousel.cpu.fused.Engines.doubles;
import static dev.carousel.cpu.fused.Engines.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearKernels;
import dev.carousel.spi.LinearWeights;
import dev.carousel.tensor.HeapStorage;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusedLinearTest {
  private static final Backend REFERENCE = Backends.named("reference", 1);

  @BeforeAll
  static void needsTheLibrary() {
    assumeTrue(FusedKernels.refusal() == null, FusedKernels::refusal);
  }

  @AfterAll
  static void close() {
    REFERENCE.close();
  }

  /** Operands with one number before each and guards after the outputs. */
  private record Layer(int rows, int inputs, int outputs) {
    private static final float GUARD = 77;

    float[] x() {
      return uniform(1, 1 + rows * inputs, 1);
    }

    float[] w() {
      return uniform(2, 1 + outputs * inputs, 1);
    }

    float[] bias() {
      return uniform(3, 1 + outputs, 1);
    }

    float[] dy() {
      return uniform(4, 1 + rows * outputs, 1);
    }

    private static float[] output(int n, float value) {
      float[] a = new float[n + 17];
      Arrays.fill(a, value);
      Arrays.fill(a, n, a.length, GUARD);
      return a;
    }

    private static Tensor view(float[] a, int at, int... dims) {
      return new Tensor(HeapStorage.of(a), at, Shape.of(dims));
    }

    /** y, dx, dw and dBias, which were NaN or ones before. */
    float[][] run(LinearKernels kernels) {
      float[] y = output(rows * outputs, Float.NaN);
      float[] dx = output(rows * inputs, Float.NaN);
      float[] dw = output(outputs * inputs, 1);
      float[] db = output(outputs, 1);
      Tensor in = view(x(), 1, rows, inputs);
      try (LinearWeights w = kernels.pack(view(w(), 1, outputs, inputs), Precision.F32)) {
        kernels.forward(in, w, view(bias(), 1, outputs), view(y, 0, rows, outputs));
        kernels.backward(
            new LinearBackward(
                in,
                w,
                view(dy(), 1, rows, outputs),
                view(dx, 0, rows, inputs),
                view(dw, 0, outputs, inputs),
                view(db, 0, outputs)));
      }
      float[][] all = {y, dx, dw, db};
      for (int i = 0; i < all.length; i++) {
        int n = all[i].length - 17;
        assertThat(Arrays.copyOfRange(all[i], n, n + 17)).containsOnly(GUARD);
        all[i] = Arrays.copyOf(all[i], n);
      }
      return all;
    }

    double[][] oracle() {
      double[][] all = {
        new double[rows * outputs],
        new double[rows * inputs],
        new double[outputs * inputs],
        new double[outputs]
      };
      Arrays.fill(all[2], 1);
      Arrays.fill(all[3], 1);
      Tensor in = exact(x(), rows, inputs);
      LinearKernels kernels = REFERENCE.linear();
      try (LinearWeights w = kernels.pack(exact(w(), outputs, inputs), Precision.F64)) {
        kernels.forward(in, w, exact(bias(), outputs), Tensor.of(all[0], rows, outputs));
        kernels.backward(
            new LinearBackward(
                in,
                w,
                exact(dy(), rows, outputs),
                Tensor.of(all[1], rows, inputs),
                Tensor.of(all[2], outputs, inputs),
                Tensor.of(all[3], outputs)));
      }
      return all;
    }

    private static Tensor exact(float[] a, int... dims) {
      return new Tensor(HeapStorage.of(doubles(a)), 1, Shape.of(dims));
    }
  }

  /** Both sides of every tile, panel and block. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 200, 67",
    "2, 37, 53",
    "3, 16, 32",
    "5, 7, 6",
    "12, 33, 31",
    "13, 8, 48",
    "97, 40, 20",
    "193, 64, 65",
    "130, 1, 1",
    "300, 21, 130",
    "31, 530, 70",
    "530, 70, 33",
    "40, 1100, 545",
    "26, 90, 1300"
  })
  void everyShapeAgreesWithSumsInDouble(int rows, int inputs, int outputs) {
    Layer layer = new Layer(rows, inputs, outputs);
    double[][] want = layer.oracle();
    Engines.each(
        kernels -> {
          float[][] got = layer.run(kernels.linear(REFERENCE.linear()));
          assertClose("y", got[0], want[0], 1e-6 * (inputs + 4));
          assertClose("dx", got[1], want[1], 1e-6 * (outputs + 4));
          assertClose("dw", got[2], want[2], 1e-6 * (rows + 4));
          assertClose("dBias", got[3], want[3], 1e-6 * (rows + 4));
        });
  }

  /**
   * Threads that share out tiles, threads that share out panels, and fewer of these than threads.
   */
  @Test
  void r10_theNumberOfThreadsChangesNoBit() {
    Layer[] layers = {
      new Layer(1, 200, 1300),
      new Layer(130, 70, 90),
      new Layer(31, 600, 700),
      new Layer(2000, 40, 9),
      new Layer(3, 20, 9000)
    };
    for (Layer layer : layers) {
      for (int part = 0; part < 4; part++) {
        int output = part;
        Engines.assertBitsOfOneThread(
            kernels -> layer.run(kernels.linear(REFERENCE.linear()))[output]);
      }
    }
  }

  @Test
  void aChangedMatrixIsReadAgainOnRefresh() {
    Engines.each(
        kernels -> {
          Tensor w = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
          Tensor x = Tensor.of(new float[] {1, 10}, 1, 2);
          Tensor y = Tensor.of(new float[2], 1, 2);
          LinearKernels linear = kernels.linear(REFERENCE.linear());
          try (LinearWeights packed = linear.pack(w, Precision.F32)) {
            linear.forward(x, packed, null, y);
            assertThat(y.heap().floats()).containsExactly(21, 43);
            w.heap().floats()[0] = 5;
            packed.refresh();
            linear.forward(x, packed, null, y);
            assertThat(y.heap().floats()).containsExactly(25, 43);
          }
        });
  }

  @Test
  void aClosedMatrixIsRefused() {
    Engines.each(
        kernels -> {
          Tensor t = Tensor.of(new float[1], 1, 1);
          Tensor other = Tensor.of(new float[1], 1, 1);
          LinearKernels linear = kernels.linear(REFERENCE.linear());
          LinearWeights packed = linear.pack(t, Precision.F32);
          packed.close();
          assertThatIllegalStateException()
              .isThrownBy(() -> linear.forward(t, packed, null, other));
        });
  }
}
