package dev.carousel.kit.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairwiseTest {
  @Test
  void everyTwoLevelsOfTwoFactorsMeetInAFewCombinations() {
    int[] levels = {6, 2, 3, 4, 2};
    List<int[]> rows = Pairwise.combinations(1, levels);
    for (int a = 0; a < levels.length; a++) {
      for (int b = a + 1; b < levels.length; b++) {
        for (int i = 0; i < levels[a] * levels[b]; i++) {
          int first = a;
          int second = b;
          int x = i / levels[b];
          int y = i % levels[b];
          assertThat(rows).anyMatch(row -> row[first] == x && row[second] == y);
        }
      }
    }
    assertThat(rows).hasSizeBetween(24, 40);
  }
}
