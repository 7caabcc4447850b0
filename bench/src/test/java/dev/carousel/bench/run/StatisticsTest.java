package dev.carousel.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
  @Test
  void the_median_is_the_middle_or_the_mean_of_both_middles() {
    assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
    assertThat(Statistics.median(List.of(9.0, 1.0, 5.0, 6.0))).isEqualTo(5.5);
    assertThatThrownBy(() -> Statistics.median(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_spread_is_in_parts_of_the_median() {
    assertThat(Statistics.spread(List.of(10.0, 9.0, 12.0))).isEqualTo(0.3, within(1e-12));
  }

  @Test
  void a_half_and_a_double_are_on_average_the_same() {
    assertThat(Statistics.geometricMean(List.of(0.5, 2.0))).isEqualTo(1, within(1e-12));
    assertThat(Statistics.geometricMean(List.of())).isNaN();
  }
}
