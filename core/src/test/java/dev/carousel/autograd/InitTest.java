package dev.carousel.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.tensor.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InitTest {
  private static float[] fill(Init init, long seed, int... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[(int) shape.size()];
    init.fill(values, 0, shape, new SplittableRandom(seed));
    return values;
  }

  /** The numbers are those of SplitMix64 (Steele et al. 2014) as computed in Python. */
  @Test
  void aSeedGivesTheseValuesOnEveryJvm() {
    assertThat(fill(Init.uniform(1), 42, 3))
        .containsExactly(0.48312977f, -0.68017924f, -0.44279775f);
    assertThat(fill(Init.normal(1), 42, 3)).containsExactly(0.8822489f, -0.45084986f, 0.18835263f);
  }

  @Test
  void uniformValuesFillTheirRangeEvenly() {
    float[] v = fill(Init.uniform(0.5), 1, 10_000);
    double mean = 0;
    double square = 0;
    for (float x : v) {
      assertThat(x).isBetween(-0.5f, 0.5f);
      mean += x / v.length;
      square += x * x / v.length;
    }
    // standard errors: 0.29 / 100 and 0.075 / 100
    assertThat(mean).isCloseTo(0, within(0.012));
    assertThat(square).isCloseTo(1.0 / 12, within(0.003));
  }

  @Test
  void normalValuesHaveTheirMoments() {
    float[] v = fill(Init.normal(2), 1, 10_000);
    double square = 0;
    double fourth = 0;
    for (float x : v) {
      square += x * x / v.length;
      fourth += Math.pow(x, 4) / v.length;
    }
    // variance 4 with standard error 4·√(2/n); fourth moment 3·16 with 16·√(96/n)
    assertThat(square).isCloseTo(4, within(0.23));
    assertThat(fourth).isCloseTo(48, within(6.3));
  }

  @Test
  void xavierKeepsItsBound() {
    float[] v = fill(Init.xavier(), 1, 30, 20);
    float bound = (float) Math.sqrt(6.0 / 50);
    assertThat(largest(v)).isBetween(0.98f * bound, bound);
  }

  private static float largest(float[] v) {
    float largest = 0;
    for (float x : v) {
      largest = Math.max(largest, Math.abs(x));
    }
    return largest;
  }

  @Test
  void orthogonalMatricesHaveOrthonormalRowsOrColumns() {
    assertOrthonormal(fill(Init.orthogonal(), 1, 7, 7), 7, 7);
    assertOrthonormal(fill(Init.orthogonal(), 2, 5, 9), 5, 9);
    assertOrthonormal(fill(Init.orthogonal(), 3, 9, 5), 9, 5);
  }

  private static void assertOrthonormal(float[] m, int rows, int cols) {
    boolean byRow = rows <= cols;
    int vectors = Math.min(rows, cols);
    int length = Math.max(rows, cols);
    for (int a = 0; a < vectors; a++) {
      for (int b = 0; b <= a; b++) {
        double dot = 0;
        for (int i = 0; i < length; i++) {
          dot += at(m, cols, byRow, a, i) * at(m, cols, byRow, b, i);
        }
        assertThat(dot).isCloseTo(a == b ? 1 : 0, within(1e-6));
      }
    }
  }

  private static double at(float[] m, int cols, boolean byRow, int vector, int i) {
    return byRow ? m[vector * cols + i] : m[i * cols + vector];
  }

  @Test
  void recurrentWeightsStartGateByGateAndTheForgetGateOpen() {
    ParameterSet.Builder set = ParameterSet.builder();
    set.declareRnn("rnn", RnnSpec.of(Cell.LSTM, 3, 4).withLayers(2), 0, RnnInit.DEFAULT);
    try (Backend backend = Backends.named("reference");
        ParameterSet built = set.build(backend, 5)) {
      float[] u = Data.floats(built.parameter("rnn.weight_hh_l1").value());
      for (int gate = 0; gate < 4; gate++) {
        assertOrthonormal(java.util.Arrays.copyOfRange(u, 16 * gate, 16 * gate + 16), 4, 4);
      }
      assertThat(Data.floats(built.parameter("rnn.bias_ih_l0").value()))
          .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
      assertThat(Data.floats(built.parameter("rnn.bias_hh_l0").value())).containsOnly(0);
    }
  }

  @Test
  void onlyAnLstmHasAForgetBias() {
    ParameterSet.Builder set = ParameterSet.builder();
    set.declareRnn("rnn", RnnSpec.of(Cell.GRU, 3, 4), 0, RnnInit.DEFAULT);
    try (Backend backend = Backends.named("reference");
        ParameterSet built = set.build(backend, 5)) {
      assertThat(Data.floats(built.parameter("rnn.bias_ih_l0").value())).containsOnly(0);
    }
  }

  @Test
  void torchStartsEverythingWithinOneOverTheRootOfTheUnits() {
    ParameterSet.Builder set = ParameterSet.builder();
    set.declareRnn("rnn", RnnSpec.of(Cell.LSTM, 3, 16), 0, RnnInit.torch(16));
    try (Backend backend = Backends.named("reference");
        ParameterSet built = set.build(backend, 5)) {
      float[] all = built.download();
      assertThat(largest(all)).isBetween(0.24f, 0.25f);
      assertThat(all).doesNotContain(0);
    }
  }
}
