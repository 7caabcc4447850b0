package dev.carousel.cpu.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.cpu.fused.FusedKernels.InstructionSet;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearKernels;
import dev.carousel.spi.LinearWeights;
import dev.carousel.spi.UnsupportedSpecException;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Linear layers on integers of eight bits. */
class FusedInt8LinearTest {
  private static final Backend REFERENCE = Backends.named("reference", 1);

  @BeforeAll
  static void needsTheInstruction() {
    assumeTrue(FusedKernels.refusal() == null, FusedKernels::refusal);
    try (FusedKernels kernels = open(1)) {
      assumeTrue(kernels.precisions().contains(Precision.INT8), "no AVX512_VNNI here");
    }
  }

  @AfterAll
  static void close() {
    REFERENCE.close();
  }

  private static FusedKernels open(int threads) {
    return FusedKernels.open(InstructionSet.AVX512_VNNI, threads);
  }

  private static float[] product(int threads, int rows, int inputs, int outputs, float[] operands) {
    float[] y = new float[rows * outputs];
    Arrays.fill(y, Float.NaN);
    Tensor x = Tensor.of(Arrays.copyOf(operands, rows * inputs), rows, inputs);
    int end = (rows + outputs) * inputs;
    Tensor m = Tensor.of(Arrays.copyOfRange(operands, rows * inputs, end), outputs, inputs);
    Tensor bias = Tensor.of(Arrays.copyOfRange(operands, end, end + outputs), outputs);
    try (FusedKernels kernels = open(threads);
        LinearWeights w = kernels.linear(REFERENCE.linear()).pack(m, Precision.INT8)) {
      assertThat(w.precision()).isEqualTo(Precision.INT8);
      kernels.linear(REFERENCE.linear()).forward(x, w, bias, Tensor.of(y, rows, outputs));
    }
    return y;
  }

  /**
   * x, w and bias: multiples of 1/64, of which one in each row of x and w is as large as can be.
   */
  private static float[] operands(int rows, int inputs, int outputs) {
    SplittableRandom random = new SplittableRandom(rows + 31L * inputs + 97L * outputs);
    float[] a = new float[(rows + outputs) * inputs + outputs];
    for (int i = 0; i < a.length; i++) {
      a[i] = random.nextInt(-127, 128) / 64f;
    }
    for (int r = 0; r < rows + outputs; r++) {
      a[r * inputs + random.nextInt(inputs)] = -127 / 64f;
    }
    return a;
  }

  /**
   * Both sides of a word, a vector, a panel, a tile, and of the rows that are made words at once.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 200, 67",
    "2, 37, 53",
    "3, 16, 64",
    "5, 7, 6",
    "7, 33, 63",
    "13, 8, 128",
    "25, 66, 130",
    "13, 8000, 20",
    "1, 32768, 65"
  })
  void operandsThatIntegersHoldGiveTheSumsOfDoubles(int rows, int inputs, int outputs) {
    float[] a = operands(rows, inputs, outputs);
    float[] y = product(1, rows, inputs, outputs, a);
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < outputs; o++) {
        double sum = a[(rows + outputs) * inputs + o];
        double size = Math.abs(sum);
        for (int i = 0; i < inputs; i++) {
          double term = (double) a[r * inputs + i] * a[(rows + o) * inputs + i];
          sum += term;
          size += Math.abs(term);
        }
        assertThat((double) y[r * outputs + o]).isCloseTo(sum, within(1e-6 * size));
      }
    }
  }

  @Test
  void r10_theNumberOfThreadsChangesNoBit() {
    float[] a = operands(9, 300, 1000);
    float[] alone = product(1, 9, 300, 1000, a);
    assertThat(product(3, 9, 300, 1000, a)).isEqualTo(alone);
  }

  @Test
  void whatIsNotANumberShowsInItsRow() {
    float[] a = operands(2, 40, 3);
    a[7] = Float.NaN;
    float[] y = product(1, 2, 40, 3, a);
    assertThat(y[0]).isNaN();
    assertThat(y[3]).isFinite();
  }

  @Test
  void gradientsAndTooManyInputsAreRefused() {
    try (FusedKernels kernels = open(1)) {
      LinearKernels linear = kernels.linear(REFERENCE.linear());
      Tensor one = Tensor.of(new float[1], 1, 1);
      try (LinearWeights w = linear.pack(one, Precision.INT8)) {
        Tensor dx = Tensor.of(new float[1], 1, 1);
        LinearBackward io = new LinearBackward(one, w, one, dx, null, null);
        assertThatThrownBy(() -> linear.backward(io))
            .isInstanceOf(UnsupportedSpecException.class)
            .hasMessageContaining("INT8 is for inference");
      }
      Tensor wide = Tensor.of(new float[32_769], 1, 32_769);
      assertThatThrownBy(() -> linear.pack(wide, Precision.INT8))
          .isInstanceOf(UnsupportedSpecException.class)
          .hasMessageContaining("32768 inputs, not 32769");
    }
  }
}
