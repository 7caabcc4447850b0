package dev.carousel.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The published vectors of Random123, {@code tests/kat_vectors}, philox4x32 with 10 rounds. */
class PhiloxTest {
  @Test
  void zeroKeyAndCounterGiveThePublishedWords() {
    assertThat(rounds(0, 0, 0, 0, 0, 0))
        .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
  }

  @Test
  void allOnesGiveThePublishedWords() {
    assertThat(rounds(-1, -1, -1, -1, -1, -1))
        .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
  }

  @Test
  void digitsOfPiGiveThePublishedWords() {
    assertThat(rounds(0xa4093822, 0x299f31d0, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344))
        .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  @Test
  void aWordIsTheOneOfItsBlock() {
    int[] four = new int[4];
    Philox.words(7, 8, 9, 10, 3, four);
    for (int i = 0; i < 4; i++) {
      assertThat(Philox.word(7, 8, 9, 10, 12 + i)).isEqualTo(four[i]);
    }
  }

  @Test
  void aThresholdIsTheRateOfTheRange() {
    assertThat(Philox.threshold(0)).isZero();
    assertThat(Philox.threshold(0.5)).isEqualTo(0x80000000);
    assertThatThrownBy(() -> Philox.threshold(1)).hasMessageContaining("not 1.0");
  }

  private static int[] rounds(int k0, int k1, int... counter) {
    Philox.rounds(k0, k1, counter);
    return counter;
  }
}
