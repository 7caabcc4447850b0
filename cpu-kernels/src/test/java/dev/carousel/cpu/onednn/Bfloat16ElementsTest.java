package dev.carousel.cpu.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Bfloat16ElementsTest {
  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0",
    "1.00390625, 1.0", // half way between 1 and 1.0078125: to even
    "1.01171875, 1.015625", // half way between 1.0078125 and 1.015625: to even
    "1.0039064, 1.0078125", // just above half way
    "-3.1415927, -3.140625",
    "3.4028235e38, Infinity",
    "1e-45, 0.0",
    "-0.0, -0.0",
  })
  void roundsToNearestEven(float value, float expected) {
    assertThat(Bfloat16Elements.widen(Bfloat16Elements.round(value))).isEqualTo(expected);
  }

  @Test
  void aNanStaysANanWhateverItsLowerHalf() {
    float onlyLowBits = Float.intBitsToFloat(0x7f800001);
    assertThat(Bfloat16Elements.widen(Bfloat16Elements.round(onlyLowBits))).isNaN();
  }

  @Test
  void noNeighbourIsCloserThanTheRoundedValue() {
    SplittableRandom random = new SplittableRandom(20);
    for (int i = 0; i < 100_000; i++) {
      float v = (float) random.nextDouble(-1000, 1000);
      short rounded = Bfloat16Elements.round(v);
      double error = Math.abs(v - Bfloat16Elements.widen(rounded));
      double above = Math.abs(v - Bfloat16Elements.widen((short) (rounded + 1)));
      double below = Math.abs(v - Bfloat16Elements.widen((short) (rounded - 1)));
      assertThat(error).isLessThanOrEqualTo(Math.min(above, below));
    }
  }
}
