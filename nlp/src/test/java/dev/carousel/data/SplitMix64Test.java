package dev.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
  @Test
  void theSequenceIsThePublishedOne() {
    // The first outputs for seed 1234567 in the reference implementation's published test vector.
    SplitMix64 random = new SplitMix64(1234567);
    assertThat(new long[] {random.nextLong(), random.nextLong(), random.nextLong()})
        .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
  }

  @Test
  void theSequenceIsThatOfTheJdksGenerator() {
    SplittableRandom jdk = new SplittableRandom(42);
    SplitMix64 own = new SplitMix64(42);
    for (int i = 0; i < 1000; i++) {
      assertThat(own.nextLong()).isEqualTo(jdk.nextLong());
    }
  }

  @Test
  void permutationsHoldEveryIndexOnceAndArePinned() {
    assertThat(new SplitMix64(7).permutation(1000)).doesNotHaveDuplicates().hasSize(1000);
    assertThat(new SplitMix64(7).permutation(8)).containsExactly(6, 7, 0, 1, 5, 4, 3, 2);
  }

  @Test
  void allPermutationsOfThreeAreEquallyLikely() {
    int[] counts = new int[333];
    SplitMix64 random = new SplitMix64(1);
    for (int i = 0; i < 60_000; i++) {
      int[] p = random.permutation(3);
      counts[100 * p[0] + 10 * p[1] + p[2]]++;
    }
    for (int p : new int[] {12, 21, 102, 120, 201, 210}) {
      // 10,000 ± 5 standard deviations of a binomial with p = 1/6.
      assertThat(counts[p]).isBetween(9_543, 10_457);
    }
  }
}
