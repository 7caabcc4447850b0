package dev.carousel.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void sizesAndRowsFollowFromTheExtents() {
    Shape s = Shape.of(4, 3, 2);
    assertThat(s.size()).isEqualTo(24);
    assertThat(s.rows()).isEqualTo(12);
    assertThat(s.dim(-1)).isEqualTo(2);
    assertThat(s).hasToString("[4, 3, 2]");
    assertThat(Shape.of(7).rows()).isEqualTo(1);
    assertThat(Shape.of(4, 0, 2).size()).isZero();
  }

  @Test
  void itDoesNotChangeWithTheArrayItWasMadeFrom() {
    int[] dims = {4, 3};
    Shape s = Shape.of(dims);
    dims[0] = 9;
    s.dims()[1] = 9;
    assertThat(s.is(4, 3)).isTrue();
    assertThat(s).isEqualTo(Shape.of(4, 3)).hasSameHashCodeAs(Shape.of(4, 3));
    assertThat(s).isNotEqualTo(Shape.of(3, 4));
  }

  @Test
  void impossibleExtentsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(2, -1))
        .withMessageContaining("[2, -1]");
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Shape.of(1 << 30, 1 << 30, 1 << 30));
  }
}
