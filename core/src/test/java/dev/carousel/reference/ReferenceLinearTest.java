package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.spi.BackendOptions;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearWeights;
import dev.carousel.spi.UnsupportedSpecException;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 37 rows, more than one block; 5 inputs, 3 outputs. */
class ReferenceLinearTest {
  private static final int M = 37;
  private static final int I = 5;
  private static final int O = 3;

  private final Backend backend = new ReferenceBackend(new BackendOptions(0, 2));
  private final Random random = new Random(11);
  private final double[] x = Slopes.random(random, M * I);
  private final double[] w = Slopes.random(random, O * I);
  private final double[] b = Slopes.random(random, O);
  private final double[] dy = Slopes.random(random, M * O);

  @AfterEach
  void close() {
    backend.close();
  }

  private double[] forward(Tensor bias) {
    double[] y = new double[M * O];
    try (LinearWeights packed = backend.linear().pack(Tensor.of(w, O, I), Precision.F64)) {
      backend.linear().forward(Tensor.of(x, M, 1, I), packed, bias, Tensor.of(y, M, 1, O));
    }
    return y;
  }

  @Test
  void outputsAreRowTimesColumnPlusBias() {
    double[] y = forward(Tensor.of(b, O));
    for (int m = 0; m < M; m++) {
      for (int o = 0; o < O; o++) {
        double expected = b[o];
        for (int i = 0; i < I; i++) {
          expected += w[o * I + i] * x[m * I + i];
        }
        assertThat(y[m * O + o]).isCloseTo(expected, within(1e-14));
      }
    }
  }

  @Test
  void withoutABiasTheOutputIsTheProductAlone() {
    double[] with = forward(Tensor.of(b, O));
    double[] without = forward(null);
    for (int i = 0; i < with.length; i++) {
      assertThat(with[i] - without[i]).isCloseTo(b[i % O], within(1e-14));
    }
  }

  @Test
  void r04_gradientsAreSlopesAndThoseOfParametersAdd() {
    double[] dx = new double[M * I];
    double[] dw = new double[O * I];
    double[] db = new double[O];
    Arrays.fill(dw, 2);
    Arrays.fill(db, 3);
    Arrays.fill(dx, Double.NaN);
    try (LinearWeights packed = backend.linear().pack(Tensor.of(w, O, I), Precision.F64)) {
      backend
          .linear()
          .backward(
              new LinearBackward(
                  Tensor.of(x, M, I),
                  packed,
                  Tensor.of(dy, M, O),
                  Tensor.of(dx, M, I),
                  Tensor.of(dw, O, I),
                  Tensor.of(db, O)));
    }
    for (int i = 0; i < dw.length; i++) {
      dw[i] -= 2;
    }
    for (int i = 0; i < db.length; i++) {
      db[i] -= 3;
    }
    DoubleSupplier objective = () -> Slopes.dot(dy, forward(Tensor.of(b, O)));
    Slopes.require("x", x, dx, objective);
    Slopes.require("w", w, dw, objective);
    Slopes.require("b", b, db, objective);
  }

  @Test
  void r03_refreshReadsTheMatrixAgain() {
    float[] master = {1, 2};
    float[] y = new float[1];
    try (LinearWeights packed = backend.linear().pack(Tensor.of(master, 1, 2), Precision.F32)) {
      master[0] = 5;
      packed.refresh();
      backend
          .linear()
          .forward(Tensor.of(new float[] {1, 1}, 1, 2), packed, null, Tensor.of(y, 1, 1));
    }
    assertThat(y).containsExactly(7);
  }

  @Test
  void r08_aWrongShapeIsNamedWithTheRightOne() {
    try (LinearWeights packed = backend.linear().pack(Tensor.of(w, O, I), Precision.F64)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  backend
                      .linear()
                      .forward(
                          Tensor.of(x, M, I), packed, null, Tensor.of(new double[M * 2], M, 2)))
          .withMessage("y must have shape [37, 3], not [37, 2]");
    }
  }

  @Test
  void r09_narrowPrecisionIsRefusedWhenPacking() {
    assertThatExceptionOfType(UnsupportedSpecException.class)
        .isThrownBy(() -> backend.linear().pack(Tensor.of(new float[2], 1, 2), Precision.BF16))
        .withMessageContaining("BF16")
        .withMessageContaining("CUDA");
  }
}
