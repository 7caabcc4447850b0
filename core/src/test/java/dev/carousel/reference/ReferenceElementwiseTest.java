package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.spi.Activation;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReferenceElementwiseTest {
  private final ReferenceElementwise kernels = new ReferenceElementwise();

  private static Tensor vector(double... values) {
    return Tensor.of(values, values.length);
  }

  @Test
  void sumsAndProductsMayReplaceAnOperand() {
    Tensor a = vector(1, 2);
    kernels.add(a, vector(10, 20), a);
    assertThat(a.heap().doubles()).containsExactly(11, 22);
    kernels.multiply(vector(2, 3), a, a);
    assertThat(a.heap().doubles()).containsExactly(22, 66);
    kernels.addScaled(-2, vector(1, 1), a);
    assertThat(a.heap().doubles()).containsExactly(20, 64);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void derivativesOfActivationsAreSlopes(Activation f) {
    double[] x = Slopes.random(new Random(9), 8);
    double[] dy = Slopes.random(new Random(10), 8);
    double[] y = new double[8];
    double[] dx = new double[8];
    kernels.activate(f, vector(x), vector(y));
    kernels.activateBackward(f, vector(y), vector(dy), vector(dx));
    Slopes.require(
        "x",
        x,
        dx,
        () -> {
          kernels.activate(f, vector(x), vector(y));
          return Slopes.dot(dy, y);
        });
  }

  @Test
  void splitUndoesConcat() {
    Tensor a = Tensor.of(new double[] {1, 2}, 2, 1);
    Tensor b = Tensor.of(new double[] {3, 4, 5, 6}, 2, 2);
    Tensor whole = Tensor.of(new double[6], 2, 3);
    kernels.concat(new Tensor[] {a, b}, whole);
    assertThat(whole.heap().doubles()).containsExactly(1, 3, 4, 2, 5, 6);
    Tensor first = Tensor.of(new double[2], 2, 1);
    Tensor second = Tensor.of(new double[4], 2, 2);
    kernels.split(whole, new Tensor[] {first, second});
    assertThat(first.heap().doubles()).containsExactly(1, 2);
    assertThat(second.heap().doubles()).containsExactly(3, 4, 5, 6);
  }

  @Test
  void r07_anOutputThatOverlapsAnInputInPartIsRefused() {
    Tensor whole = vector(1, 2, 3);
    Tensor head = whole.slice(0, Shape.of(2));
    Tensor tail = whole.slice(1, Shape.of(2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.activate(Activation.TANH, head, tail))
        .withMessageContaining("y")
        .withMessageContaining("overlap");
  }
}
