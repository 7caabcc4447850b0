package dev.carousel.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.carousel.data.SplitMix64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SkipGramTest {
  private static final int SIZE = 13;
  private static final int WORD = 2;
  private static final int[] TARGETS = {3, 0, 4};

  private static SkipGram model(long seed) {
    SkipGram model = new SkipGram(5, SIZE, new SplitMix64(seed));
    Random random = new Random(seed);
    for (float[][] table : new float[][][] {model.words(), model.contexts()}) {
      for (float[] row : table) {
        for (int d = 0; d < SIZE; d++) {
          row[d] = (float) random.nextGaussian() / 2;
        }
      }
    }
    return model;
  }

  /** −ln σ(u⁺·v) − Σ ln σ(−u⁻·v), in double and without a table. */
  private static double loss(SkipGram model, double shift, float[] shifted, int feature) {
    double loss = 0;
    for (int i = 0; i < TARGETS.length; i++) {
      double score = 0;
      for (int d = 0; d < SIZE; d++) {
        score +=
            at(model.words()[WORD], d, shift, shifted, feature)
                * at(model.contexts()[TARGETS[i]], d, shift, shifted, feature);
      }
      loss += Math.log(1 + Math.exp(i == 0 ? -score : score));
    }
    return loss;
  }

  private static double at(float[] row, int d, double shift, float[] shifted, int feature) {
    return row[d] + (row == shifted && d == feature ? shift : 0);
  }

  @Test
  void aStepIsTheGradientOfTheLoss() {
    SkipGram before = model(7);
    SkipGram after = model(7);
    after.learn(WORD, TARGETS, 1, new float[SIZE]);
    double h = 1e-5;
    for (int row = 0; row < 5; row++) {
      for (int d = 0; d < SIZE; d++) {
        float[] word = before.words()[row];
        float[] context = before.contexts()[row];
        double ofWord = (loss(before, h, word, d) - loss(before, -h, word, d)) / (2 * h);
        double ofContext = (loss(before, h, context, d) - loss(before, -h, context, d)) / (2 * h);
        // floats near 1 carry 6e-8, and there are a dozen of them in a sum
        assertThat((double) word[d] - after.words()[row][d]).isEqualTo(ofWord, offset(2e-6));
        assertThat((double) context[d] - after.contexts()[row][d])
            .isEqualTo(ofContext, offset(2e-6));
      }
    }
  }

  @Test
  void theLossIsThatOfTheFormula() {
    SkipGram model = model(3);
    float[] none = {};
    assertThat(model.loss(WORD, TARGETS)).isEqualTo(loss(model, 0, none, 0), offset(1e-5));
  }

  @Test
  void theTableOfTheSigmoidIsCloseEverywhere() {
    for (float x = -20; x < 20; x += 0.00137f) {
      assertThat((double) Sigmoid.of(x)).isEqualTo(1 / (1 + Math.exp(-x)), offset(1e-6));
    }
    assertThat(Sigmoid.of(Float.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Sigmoid.of(Float.NEGATIVE_INFINITY)).isEqualTo(0);
    assertThat(Sigmoid.loss(800)).isEqualTo(0);
    assertThat(Sigmoid.loss(-800)).isEqualTo(800);
  }

  @Test
  void noiseIsDrawnByTheCountToThePowerOfThreeQuarters() {
    long[] counts = {0, 0, 1000, 200, 30, 4, 1, 0, 777};
    NoiseWords noise = new NoiseWords(counts);
    SplitMix64 random = new SplitMix64(5);
    int draws = 1_000_000;
    long[] drawn = new long[counts.length];
    for (int i = 0; i < draws; i++) {
      drawn[noise.draw(random)]++;
    }
    double sum = 0;
    for (long count : counts) {
      sum += Math.pow((double) count, 0.75);
    }
    for (int i = 0; i < counts.length; i++) {
      double expected = Math.pow((double) counts[i], 0.75) / sum;
      double deviation = Math.sqrt(expected * (1 - expected) / draws);
      assertThat(drawn[i] / (double) draws).isEqualTo(expected, offset(5 * deviation));
    }
  }

  @Test
  void frequentWordsAreReadSeldom() {
    float[] keep = SkipGramWorker.keep(new long[] {0, 400, 1, 99}, 500, 0.2);
    assertThat(keep).containsExactly(1, 0.5f, 1, 1);
    assertThat(SkipGramWorker.keep(new long[] {400, 100}, 500, 0)).containsExactly(1, 1);
  }
}
