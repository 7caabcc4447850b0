package dev.carousel.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.kit.run.HeapMeter;
import dev.carousel.train.StopSignal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BeamSearchTest {
  private static final int WORDS = 6;
  private static final Rules RULES =
      new Rules(
          PrefixModel.BEGIN, PrefixModel.END, new int[] {PrefixModel.NEVER, PrefixModel.BEGIN}, 0);

  static Stream<BeamSettings> penalties() {
    return Stream.of(
        new BeamSettings(64, 0, 0, 5),
        new BeamSettings(64, 1, 0, 5),
        new BeamSettings(64, 0.6, 0.2, 5),
        new BeamSettings(64, 2, 1.5, 5));
  }

  static Stream<BeamSettings> narrow() {
    return Stream.of(1, 2, 3, 5)
        .flatMap(
            b ->
                Stream.of(
                    new BeamSettings(b, 0, 0, b),
                    new BeamSettings(b, 1, 0, b),
                    new BeamSettings(b, 0.8, 0.4, b)));
  }

  private static List<List<Hypothesis>> search(BeamSettings settings, int[] limits, int... ids) {
    return new BeamSearch(settings, RULES)
        .search(new PrefixModel(WORDS, ids), limits, AttentionMaps.DROPPED);
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void aWideBeamIsExhaustiveSearch(BeamSettings settings) {
    int[] ids = {3, 8, 13};
    int[] limits = {3, 0, 2};
    List<List<Hypothesis>> found = search(settings, limits, ids);
    for (int n = 0; n < ids.length; n++) {
      requireSame(found.get(n), new NaiveSearch(WORDS, ids[n], limits[n], settings).exhaustive());
    }
  }

  @ParameterizedTest
  @MethodSource("narrow")
  void aNarrowBeamIsTheOneThatIsDefined(BeamSettings settings) {
    int[] ids = IntStream.range(0, 40).toArray();
    int[] limits = IntStream.of(ids).map(id -> 1 + id % 9).toArray();
    List<List<Hypothesis>> found = search(settings, limits, ids);
    for (int n = 0; n < ids.length; n++) {
      requireSame(found.get(n), new NaiveSearch(WORDS, ids[n], limits[n], settings).beam());
    }
  }

  private static void requireSame(List<Hypothesis> found, List<Hypothesis> expected) {
    assertThat(found.stream().map(h -> Arrays.toString(h.tokens())).toList())
        .isEqualTo(expected.stream().map(h -> Arrays.toString(h.tokens())).toList());
    assertThat(found.stream().map(Hypothesis::ending).toList())
        .isEqualTo(expected.stream().map(Hypothesis::ending).toList());
    for (int i = 0; i < found.size(); i++) {
      // sums of single-precision attention in another order
      assertThat(found.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-5));
      assertThat(found.get(i).logProbability())
          .isCloseTo(expected.get(i).logProbability(), within(1e-12));
    }
  }

  @Test
  void aResultDoesNotDependOnWhatItIsSearchedWith() {
    BeamSettings settings = new BeamSettings(4, 0.7, 0.3, 2);
    int[] ids = IntStream.range(0, 17).toArray();
    int[] limits = IntStream.of(ids).map(id -> id % 12).toArray();
    List<List<Hypothesis>> together = search(settings, limits, ids);
    for (int n = 0; n < ids.length; n++) {
      assertThat(search(settings, new int[] {limits[n]}, ids[n])).containsExactly(together.get(n));
    }
  }

  @Test
  void greedyTakesTheLikeliestTokenEachTime() {
    for (int id = 0; id < 20; id++) {
      List<Integer> prefix = new ArrayList<>(List.of(PrefixModel.BEGIN));
      while (prefix.size() <= 8) {
        float[] p = PrefixModel.probabilities(WORDS, id, prefix);
        int best =
            IntStream.range(PrefixModel.END, WORDS)
                .reduce((a, b) -> p[b] > p[a] ? b : a)
                .orElseThrow();
        if (best == PrefixModel.END) {
          break;
        }
        prefix.add(best);
      }
      assertThat(search(BeamSettings.GREEDY, new int[] {8}, id).get(0).get(0).tokens())
          .containsExactly(prefix.stream().skip(1).mapToInt(t -> t).toArray());
    }
  }

  @Test
  void theLengthPenaltyIsTheFormulaOfThePaper() {
    BeamSettings settings = new BeamSettings(3, 0.65, 0.2, 1);
    // (5 + 7)^0.65 / 6^0.65 = 2^0.65 = 1.569168...
    assertThat(settings.score(-4, 7, -1.5)).isCloseTo(-4 / 1.5691681957935 - 0.3, within(1e-9));
    assertThat(BeamSettings.GREEDY.score(-4, 7, Double.NEGATIVE_INFINITY)).isEqualTo(-4);
  }

  @Test
  void attentionFollowsTheHypothesis() {
    List<Hypothesis> found =
        new BeamSearch(new BeamSettings(4, 1, 0, 4), RULES)
            .search(new PrefixModel(WORDS, 7, 2, 5), new int[] {2, 6, 3}, AttentionMaps.KEPT)
            .get(1);
    for (Hypothesis h : found) {
      List<Integer> prefix = new ArrayList<>(List.of(PrefixModel.BEGIN));
      assertThat(h.attention()).hasNumberOfRows(h.tokens().length + 1);
      for (int j = 0; j <= h.tokens().length; j++) {
        float[] expected = PrefixModel.attention(2, prefix);
        assertThat(h.attention()[j])
            .containsExactly(Arrays.copyOf(expected, PrefixModel.length(2)));
        if (j < h.tokens().length) {
          prefix.add(h.tokens()[j]);
        }
      }
    }
  }

  @Test
  void noStretchIsWrittenTwice() {
    Rules rules = new Rules(RULES.begin(), RULES.end(), new int[] {0, 1, PrefixModel.END + 3}, 2);
    for (int id = 0; id < 30; id++) {
      List<Hypothesis> found =
          new BeamSearch(new BeamSettings(3, 2, 0, 3), rules)
              .search(new PrefixModel(WORDS, id), new int[] {9}, AttentionMaps.DROPPED)
              .get(0);
      for (Hypothesis h : found) {
        Set<List<Integer>> seen = new HashSet<>();
        for (int i = 0; i + 1 < h.tokens().length; i++) {
          assertThat(seen.add(List.of(h.tokens()[i], h.tokens()[i + 1]))).as(h.toString()).isTrue();
        }
      }
    }
  }

  @Test
  void whereEveryTokenWouldRepeatAHypothesisEnds() {
    Rules rules = new Rules(RULES.begin(), RULES.end(), new int[] {0, 1, 5}, 2);
    List<Hypothesis> found =
        new BeamSearch(BeamSettings.GREEDY, rules)
            .search(new Endless(), new int[] {9}, AttentionMaps.DROPPED)
            .get(0);
    // after 3 3 4 3 both 3 3 and 3 4 are used up
    assertThat(found.get(0).tokens()).containsExactly(3, 3, 4, 3);
  }

  @Test
  void aModelThatNeverEndsIsEndedAtTheLimit() {
    List<Hypothesis> found =
        new BeamSearch(BeamSettings.beam(2), RULES)
            .search(new Endless(), new int[] {6}, AttentionMaps.DROPPED)
            .get(0);
    assertThat(found.get(0).tokens()).containsExactly(3, 3, 3, 3, 3, 3);
    assertThat(found.get(0).ending()).isEqualTo(Ending.FORCED);
  }

  @Test
  void aStopSignalEndsEverySequenceWhereItIs() {
    StopSignal stop = new StopSignal();
    BeamSettings settings = new BeamSettings(3, 1, 0, 1);
    List<List<Hypothesis>> found =
        new BeamSearch(settings, RULES)
            .search(
                new Stopping(new PrefixModel(WORDS, 3, 4, 5, 6), 4, stop),
                new int[] {50, 50, 50, 0},
                AttentionMaps.DROPPED,
                stop);
    for (int n = 0; n < found.size(); n++) {
      // the signal comes in the fourth step, which is done; a fifth one ends what is not yet ended
      int limit = n == 3 ? 0 : 4;
      requireSame(found.get(n), new NaiveSearch(WORDS, 3 + n, limit, settings).beam());
    }
  }

  /** Gives a signal within one of its steps. */
  private static final class Stopping implements NextTokens {
    private final NextTokens model;
    private final StopSignal stop;
    private int left;

    Stopping(NextTokens model, int steps, StopSignal stop) {
      this.model = model;
      this.left = steps;
      this.stop = stop;
    }

    @Override
    public int sequences() {
      return model.sequences();
    }

    @Override
    public int words() {
      return model.words();
    }

    @Override
    public int sourceSteps() {
      return model.sourceSteps();
    }

    @Override
    public int sourceLength(int n) {
      return model.sourceLength(n);
    }

    @Override
    public Probabilities advance(
        int rows, int[] parents, int[] tokens, float @Nullable [] attention) {
      if (--left == 0) {
        stop.request();
      }
      return model.advance(rows, parents, tokens, attention);
    }

    @Override
    public void keep(int[] kept) {
      model.keep(kept);
    }
  }

  @Test
  void whatAStepAllocatesDoesNotGrowWithTheTextsLength() {

    long first = allocated(200) - allocated(100);
    long second = allocated(400) - allocated(200);
    // twice as many steps; a history that was copied each step would give four times as much
    assertThat(second).isLessThan(first * 5 / 2);
  }

  private static long allocated(int limit) {
    BeamSearch beam = new BeamSearch(BeamSettings.beam(4), RULES);
    return HeapMeter.bytesPerCall(
        () -> beam.search(new Endless(), new int[] {limit}, AttentionMaps.DROPPED));
  }

  /** Always writes word 3. */
  private static final class Endless implements NextTokens {
    private final float[] p = new float[4 * WORDS];

    @Override
    public int sequences() {
      return 1;
    }

    @Override
    public int words() {
      return WORDS;
    }

    @Override
    public int sourceSteps() {
      return 0;
    }

    @Override
    public int sourceLength(int n) {
      return 0;
    }

    @Override
    public Probabilities advance(
        int rows, int[] parents, int[] tokens, float @Nullable [] attention) {
      Arrays.fill(p, 0, rows * WORDS, 0.1f);
      for (int row = 0; row < rows; row++) {
        p[row * WORDS + PrefixModel.END] = 0;
        p[row * WORDS + 3] = 0.6f;
      }
      return new Probabilities(p, 0);
    }

    @Override
    public void keep(int[] kept) {
      throw new AssertionError("there is one sequence only");
    }
  }

  @Test
  void whatWouldBeIgnoredIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new BeamSearch(BeamSettings.beam(2).withPenalties(1, 0.1), RULES)
                    .search(new Endless(), new int[] {3}, AttentionMaps.DROPPED))
        .withMessageContaining("attention");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BeamSettings.beam(2).withNBest(3))
        .withMessageContaining("1 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> search(BeamSettings.beam(2), new int[] {3, 4}, 1))
        .withMessageContaining("2 limits for 1");
  }
}
