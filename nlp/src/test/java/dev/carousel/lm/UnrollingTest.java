package dev.carousel.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.data.BucketedBatches;
import dev.carousel.train.Batches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnrollingTest {
  private static final Unrolling DRAWN = new Unrolling(Unrolling.Kind.DRAWN, 70, 0);

  @Test
  void fixedWindowsFollowEachOtherAndTheLastIsShorter() {
    assertThat(Unrolling.carried(4).cuts(10, 1, 0)).containsExactly(0, 4, 8, 10);
    assertThat(Unrolling.carried(4).cuts(8, 1, 9)).containsExactly(0, 4, 8);
  }

  @Test
  void drawnLengthsAreNormalAboutTheStepsAndOneInTwentyAboutHalf() {
    int[] cuts = DRAWN.cuts(700_000, 1, 0);
    int[] lengths = IntStream.range(1, cuts.length - 1).map(i -> cuts[i] - cuts[i - 1]).toArray();
    int[] about = Arrays.stream(lengths).filter(n -> n > 52).toArray();
    int[] half = Arrays.stream(lengths).filter(n -> n <= 52).toArray();
    // five standard deviations of a mean, and of a share
    assertThat(half.length / (double) lengths.length).isCloseTo(0.05, within(0.011));
    assertThat(Arrays.stream(about).average().orElseThrow()).isCloseTo(69.5, within(0.3));
    assertThat(Arrays.stream(half).average().orElseThrow()).isCloseTo(34.5, within(1.2));
    double spread =
        Math.sqrt(
            Arrays.stream(about).mapToDouble(n -> (n - 69.5) * (n - 69.5)).average().orElse(0));
    assertThat(spread).isCloseTo(5, within(0.25));
    assertThat(Arrays.stream(lengths).min().orElseThrow()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void cutsAreThoseOfTheirSeedAndEpoch() {
    assertThat(DRAWN.cuts(5000, 3, 2)).containsExactly(DRAWN.cuts(5000, 3, 2));
    assertThat(DRAWN.cuts(5000, 3, 2)).isNotEqualTo(DRAWN.cuts(5000, 3, 1));
    assertThat(DRAWN.cuts(5000, 3, 2)).isNotEqualTo(DRAWN.cuts(5000, 4, 2));
  }

  @Test
  void rowsOfAStreamContinueFromWindowToWindow() {
    int[] stream = IntStream.range(0, 12).toArray();
    Batches<Window> epoch = new CarriedWindows(stream, 2, Unrolling.carried(3), 1).epoch(0);
    assertThat(epoch.size()).isEqualTo(2);
    assertThat(epoch.get(0).inputs()).containsExactly(0, 5, 1, 6, 2, 7);
    assertThat(epoch.get(0).targets()).containsExactly(1, 6, 2, 7, 3, 8);
    assertThat(epoch.get(1).inputs()).containsExactly(3, 8, 4, 9);
    assertThat(epoch.get(1).targets()).containsExactly(4, 9, 5, 10);
    assertThat(epoch.get(0).first()).isTrue();
    assertThat(epoch.get(1).first()).isFalse();
  }

  @Test
  void slidingWindowsPredictTheTokenAfterThemOnceAnEpochEach() {
    int[] stream = IntStream.range(0, 12).toArray();
    Unrolling sliding = new Unrolling(Unrolling.Kind.SLIDING, 4, 3);
    Batches<Window> epoch =
        new SlidingWindows(stream, sliding, new BucketedBatches(2, 1, 1)).epoch(0);
    List<List<Integer>> seen = new ArrayList<>();
    for (int i = 0; i < epoch.size(); i++) {
      Window w = epoch.get(i);
      for (int n = 0; n < w.rows(); n++) {
        int row = n;
        List<Integer> read = new ArrayList<>();
        IntStream.range(0, 4).forEach(t -> read.add(w.inputs()[t * w.rows() + row]));
        read.add(w.targets()[n]);
        seen.add(read);
      }
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            List.of(0, 1, 2, 3, 4), List.of(3, 4, 5, 6, 7), List.of(6, 7, 8, 9, 10));
  }

  @Test
  void aTextThatIsTooShortIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CarriedWindows(new int[3], 4, Unrolling.carried(2), 1))
        .withMessageContaining("too few for 4 rows");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SlidingWindows(
                    new int[3],
                    new Unrolling(Unrolling.Kind.SLIDING, 4, 1),
                    new BucketedBatches(1, 1, 1)))
        .withMessageContaining("no window of 4 tokens");
    assertThatIllegalArgumentException().isThrownBy(() -> Unrolling.carried(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Unrolling(Unrolling.Kind.FIXED, 4, 1))
        .withMessageContaining("stride");
  }
}
