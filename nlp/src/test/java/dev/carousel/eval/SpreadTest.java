package dev.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void theDeviationIsTheSamples() {
    // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squared deviations sum to 32, divided by 7
    Spread spread = Spread.of(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(spread.mean()).isEqualTo(5);
    assertThat(spread.deviation()).isCloseTo(Math.sqrt(32 / 7.0), within(1e-15));
  }

  @Test
  void oneRunHasAnUnknownSpreadAndNoRunIsRefused() {
    assertThat(Spread.of(3).deviation()).isNaN();
    assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
  }
}
