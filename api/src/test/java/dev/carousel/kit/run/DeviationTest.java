package dev.carousel.kit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.rnn.Precision;
import org.junit.jupiter.api.Test;

class DeviationTest {
  @Test
  void isRelativeToTheLargestWantedMagnitudeOrToOne() {
    Deviation large = Deviation.of("y", new double[] {1, 101}, new double[] {2, 100});
    assertThat(large).isEqualTo(new Deviation("y", 0, 1, 2, 1, 0.01));
    assertThat(Deviation.of("y", new double[] {0.1}, new double[] {0.2}).relative()).isEqualTo(0.1);
  }

  @Test
  void isInfiniteWhereOneSideIsNotANumber() {
    Deviation unwritten = Deviation.of("y", new double[] {Double.NaN}, new double[] {2});
    assertThat(unwritten.relative()).isInfinite();
    assertThat(Tolerance.of(Precision.BF16).allows(unwritten)).isFalse();
  }

  @Test
  void infinitiesOfTheSameSignAreEqual() {
    double[] infinite = {Double.NEGATIVE_INFINITY, 1};
    assertThat(Deviation.of("y", infinite, infinite.clone()).absolute()).isZero();
  }

  @Test
  void refusesToCompareDifferentSizes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Deviation.of("y", new double[2], new double[3]))
        .withMessage("y has 2 elements, not 3");
  }

  @Test
  void gradientsHaveATolerancesOfTheirOwn() {
    Tolerance t = new Tolerance(0.1, 0.3);
    assertThat(t.allows(new Deviation("y", 0, 0, 0, 0.2, 0.2))).isFalse();
    assertThat(t.allows(new Deviation("dx", 0, 0, 0, 0.2, 0.2))).isTrue();
  }
}
