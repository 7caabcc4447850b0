package dev.carousel.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplerTest {
  private static final int DRAWS = 40_000;
  private static final float[] LOGITS = {0.5f, -1f, 2f, 1.5f, -0.5f, 1f, 2f};

  /** Shares of the tokens in many draws. */
  private static double[] shares(Sampling sampling, float[] logits, int... never) {
    Sampler sampler = new Sampler(sampling.withSeed(3), logits.length, never);
    int[] counts = new int[logits.length];
    for (int i = 0; i < DRAWS; i++) {
      counts[sampler.next(logits)]++;
    }
    return Arrays.stream(counts).mapToDouble(count -> count / (double) DRAWS).toArray();
  }

  /** Probabilities by enumeration: sort, cut at k, cut at p of what is left, normalise. */
  private static double[] enumerated(float[] logits, double temperature, int k, double p) {
    double[] weights = new double[logits.length];
    Arrays.setAll(weights, i -> Math.exp(logits[i] / temperature));
    List<Integer> order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -weights[i]))
            .limit(k == 0 ? logits.length : k)
            .toList();
    double total = order.stream().mapToDouble(i -> weights[i]).sum();
    double[] kept = new double[logits.length];
    double inside = 0;
    for (int i : order) {
      if (inside < p * total) {
        kept[i] = weights[i];
        inside += weights[i];
      }
    }
    double sum = inside;
    return Arrays.stream(kept).map(w -> w / sum).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 1",
    "0.7, 0, 1",
    "2, 0, 1",
    "1, 1, 1",
    "1, 3, 1",
    "1, 7, 1",
    "1, 99, 1",
    "1, 0, 0.5",
    "1, 0, 0.9",
    "1, 0, 0.01",
    "0.5, 4, 0.8",
    "3, 5, 0.95"
  })
  void sharesAreTheEnumeratedProbabilities(double temperature, int k, double p) {
    Sampling sampling = Sampling.PLAIN.withTemperature(temperature).withTopK(k).withTopP(p);
    double[] expected = enumerated(LOGITS, temperature, k, p);
    double[] found = shares(sampling, LOGITS);
    for (int i = 0; i < expected.length; i++) {
      if (expected[i] == 0) {
        assertThat(found[i]).as("token " + i).isZero();
      } else {
        // five standard deviations of a share of 40,000 draws
        double spread = 5 * Math.sqrt(expected[i] * (1 - expected[i]) / DRAWS);
        assertThat(found[i]).as("token " + i).isCloseTo(expected[i], within(spread));
      }
    }
  }

  @Test
  void ofEquallyProbableTokensTopKKeepsThoseWithTheLowerIds() {
    double[] found = shares(Sampling.PLAIN.withTopK(3), new float[] {1, 2, 1, 1, 1});
    assertThat(found[0]).isPositive();
    assertThat(found[1]).isPositive();
    assertThat(found[2]).isPositive();
    assertThat(found[3] + found[4]).isZero();
  }

  @Test
  void greedyTakesTheMostProbableTokenAndTheFirstOfEquals() {
    assertThat(new Sampler(Sampling.GREEDY, LOGITS.length).next(LOGITS)).isEqualTo(2);
  }

  @Test
  void aTokenThatMayNeverComeNeverComes() {
    assertThat(shares(Sampling.PLAIN, LOGITS, 2, 6)[2]).isZero();
    assertThat(new Sampler(Sampling.GREEDY, LOGITS.length, 2).next(LOGITS)).isEqualTo(6);
  }

  @Test
  void theSameSeedGivesTheSameTokensAndAnotherSeedOthers() {
    assertThat(tokens(5)).isEqualTo(tokens(5)).isNotEqualTo(tokens(6));
  }

  private static List<Integer> tokens(long seed) {
    Sampler sampler = new Sampler(Sampling.PLAIN.withSeed(seed), LOGITS.length);
    return IntStream.range(0, 50).mapToObj(i -> sampler.next(LOGITS)).toList();
  }

  @ParameterizedTest
  @CsvSource({"1, 40", "2, 300", "3, 1200"})
  void noBlockedNgramComesTwice(int n, int length) {
    int vocabulary = n == 1 ? 50 : n == 2 ? 30 : 20;
    Sampler sampler =
        new Sampler(Sampling.PLAIN.withRepetition(new RepetitionControl(n, 1, 4096)), vocabulary);
    SplittableRandom random = new SplittableRandom(n);
    List<Integer> text = new ArrayList<>(n == 1 ? List.of(1, 2) : List.of(1, 2, 1));
    text.forEach(sampler::read);
    for (int i = 0; i < length; i++) {
      float[] logits = new float[vocabulary];
      IntStream.range(0, vocabulary).forEach(j -> logits[j] = (float) (4 * random.nextDouble()));
      text.add(sampler.next(logits));
    }
    List<List<Integer>> ngrams = new ArrayList<>();
    for (int i = 0; i + n <= text.size(); i++) {
      ngrams.add(List.copyOf(text.subList(i, i + n)));
    }
    assertThat(ngrams).doesNotHaveDuplicates();
  }

  @Test
  void whereEverythingIsBlockedNothingIs() {
    Sampler sampler = new Sampler(Sampling.GREEDY.withRepetition(RepetitionControl.blocking(1)), 2);
    float[] logits = {1, 0};
    assertThat(List.of(sampler.next(logits), sampler.next(logits), sampler.next(logits)))
        .containsExactly(0, 1, 0);
  }

  @Test
  void whatLeftTheWindowMayComeAgain() {
    Sampler sampler =
        new Sampler(Sampling.GREEDY.withRepetition(new RepetitionControl(1, 1, 2)), 3);
    float[] logits = {3, 2, 1};
    assertThat(IntStream.range(0, 7).map(i -> sampler.next(logits)))
        .containsExactly(0, 1, 2, 0, 1, 2, 0);
  }

  @Test
  void aPenaltyDividesPositiveAndMultipliesNegativeLogitsOfWhatOccurredOnce() {
    float[] logits = {1, -1, 0};
    float[] afterFirst = {0.5f, -1, 0};
    float[] afterSecond = {1, -2, 0};
    assertThat(penalized(0, logits)).isEqualTo(firstDraws(afterFirst));
    assertThat(penalized(1, logits)).isEqualTo(firstDraws(afterSecond));
  }

  private static List<Integer> penalized(int occurred, float[] logits) {
    RepetitionControl control = new RepetitionControl(0, 2, 4);
    List<Integer> drawn = new ArrayList<>();
    for (int seed = 0; seed < 200; seed++) {
      Sampler sampler =
          new Sampler(Sampling.PLAIN.withRepetition(control).withSeed(seed), logits.length);
      sampler.read(occurred);
      sampler.read(occurred);
      drawn.add(sampler.next(logits));
    }
    return drawn;
  }

  private static List<Integer> firstDraws(float[] logits) {
    return IntStream.range(0, 200)
        .mapToObj(seed -> new Sampler(Sampling.PLAIN.withSeed(seed), logits.length).next(logits))
        .toList();
  }

  @Test
  void settingsOutOfRangeAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sampling.PLAIN.withTemperature(-1))
        .withMessageContaining("temperature");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sampling.PLAIN.withTopK(-1))
        .withMessageContaining("top-k");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sampling.PLAIN.withTopP(0))
        .withMessageContaining("top-p");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepetitionControl(-1, 1, 1))
        .withMessageContaining("n-grams");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepetitionControl(0, 0.5, 1))
        .withMessageContaining("penalty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepetitionControl(0, 1, 0))
        .withMessageContaining("window");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sampler(Sampling.PLAIN, 2, 0, 1))
        .withMessageContaining("none is left");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sampler(Sampling.PLAIN, 2).next(new float[3]))
        .withMessageContaining("3 logits for a vocabulary of 2");
  }
}
