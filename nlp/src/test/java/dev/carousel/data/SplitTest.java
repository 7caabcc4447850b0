package dev.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.data.Split.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final DataSet DATA =
      DataSet.of(
          "d",
          IntStream.range(0, 1000)
              .mapToObj(i -> Example.of("t" + i, i < 20 ? "rare" : i < 21 ? "single" : "common"))
              .toList());

  @Test
  void aTenthIsHeldOutAndNothingIsLostOrDoubled() {
    Split split = Split.tenth(DATA, 3);
    assertThat(split.heldOut().size()).isEqualTo(100);
    List<Example> both = new ArrayList<>(split.train().examples());
    both.addAll(split.heldOut().examples());
    assertThat(both).containsExactlyInAnyOrderElementsOf(DATA.examples());
    assertThat(split.heldOut().name()).isEqualTo("d (held-out)");
  }

  @Test
  void theSameSeedGivesTheSameSplitOnEveryJdkAndAnotherSeedAnother() {
    assertThat(Split.tenth(DATA, 3)).isEqualTo(Split.tenth(DATA, 3));
    assertThat(Split.tenth(DATA, 3)).isNotEqualTo(Split.tenth(DATA, 4));
    assertThat(Split.tenth(DATA, 3).heldOut().examples().subList(0, 5))
        .extracting(Example::text)
        .containsExactly("t48", "t49", "t52", "t56", "t66");
  }

  @Test
  void aStratifiedSplitKeepsTheShareOfEachLabel() {
    Split split = Split.of(DATA, 0.1, Draw.STRATIFIED, 5);
    assertThat(split.heldOut().labelCounts().counts())
        .containsEntry("rare", 2)
        .containsEntry("common", 98)
        .doesNotContainKey("single");
  }

  @Test
  void impossibleSharesAreRefused() {
    for (double share : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThatThrownBy(() -> Split.of(DATA, share, Draw.RANDOM, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot hold out " + share + " of 1000 examples of d");
    }
  }
}
