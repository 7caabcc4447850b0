package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.spi.Noise;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against the published words of Philox4x32-10 for counter 0 and key 0. */
class ReferenceNoiseTest {
  private final ReferenceNoise kernels = new ReferenceNoise(new Workers(1));
  private final int[] state = {0, 0, 0};

  private double[] ones(int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  private double[] dropout(int size, double rate, int period, int site) {
    double[] y = new double[size];
    kernels.dropout(
        Tensor.of(ones(size), size),
        Tensor.of(y, size),
        rate,
        period,
        new Noise(Tensor.of(state, 3), site));
    return y;
  }

  /** Words 6627e8d5 e169c58d bc57ac4c 9b00dbd8, from Random123's kat_vectors. */
  @Test
  void unitsAreDroppedByTheirWordOfTheFirstBlock() {
    // as fractions of 2³²: 0.399, 0.881, 0.736, 0.605
    assertThat(dropout(4, 0.5, 4, 0)).containsExactly(0, 2, 2, 2);
    assertThat(dropout(4, 0.7, 4, 0))
        .containsExactly(new double[] {0, 1 / 0.3, 1 / 0.3, 0}, within(1e-12));
  }

  @Test
  void rateZeroKeepsEverythingAsItIs() {
    assertThat(dropout(1000, 0, 1000, 3)).containsOnly(1);
  }

  @Test
  void theShareOfDroppedUnitsIsTheRate() {
    double[] y = dropout(100_000, 0.3, 100_000, 1);
    double dropped = Arrays.stream(y).filter(v -> v == 0).count() / 1e5;
    // four standard deviations of a binomial share
    assertThat(dropped).isCloseTo(0.3, within(4 * Math.sqrt(0.3 * 0.7 / 1e5)));
  }

  @Test
  void aPeriodRepeatsTheMask() {
    double[] y = dropout(30, 0.5, 10, 0);
    assertThat(Arrays.copyOfRange(y, 10, 20)).isEqualTo(Arrays.copyOf(y, 10));
    assertThat(Arrays.copyOfRange(y, 20, 30)).isEqualTo(Arrays.copyOf(y, 10));
  }

  @Test
  void anotherSiteOrStepDropsOtherUnits() {
    double[] first = dropout(64, 0.5, 64, 0);
    assertThat(dropout(64, 0.5, 64, 1)).isNotEqualTo(first);
    kernels.advance(Tensor.of(state, 3));
    assertThat(state).containsExactly(0, 0, 1);
    assertThat(dropout(64, 0.5, 64, 0)).isNotEqualTo(first);
  }

  @Test
  void rowsOfOneIdShareTheirFateAndPaddingIsKept() {
    int[] ids = {0, 1, -1, 0, 2, 3, 1};
    double[] y = new double[14];
    kernels.dropRows(
        Tensor.of(ids, 7),
        Tensor.of(ones(14), 7, 2),
        Tensor.of(y, 7, 2),
        0.5,
        new Noise(Tensor.of(state, 3), 0));
    assertThat(y).containsExactly(0, 0, 2, 2, 1, 1, 0, 0, 2, 2, 2, 2, 2, 2);
  }

  @Test
  void aPeriodOutOfRangeIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dropout(4, 0.5, 5, 0))
        .withMessage("the period must be 1 to the 4 elements of x [4], not 5");
  }
}
