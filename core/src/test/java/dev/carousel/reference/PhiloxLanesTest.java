package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.spi.Noise;
import dev.carousel.spi.Philox;
import dev.carousel.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Many words at once are the words one by one. */
class PhiloxLanesTest {
  private final SplittableRandom random = new SplittableRandom(17);
  private final PhiloxLanes lanes = new PhiloxLanes();

  @Test
  void wordsAreThoseOfTheGenerator() {
    for (int round = 0; round < 50; round++) {
      DropoutMask mask =
          new DropoutMask(
              0, random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt());
      int first = random.nextInt(1 << 28);
      int blocks = random.nextInt(1, PhiloxLanes.WORDS / 4 + 1);
      int[] words = lanes.words(mask, first, blocks);
      for (int i = 0; i < 4 * blocks; i++) {
        assertThat(words[i])
            .isEqualTo(
                Philox.word(
                    mask.seedLow(), mask.seedHigh(), mask.step(), mask.site(), 4 * first + i));
      }
    }
  }

  @Test
  void aMaskComparesWithoutSign() {
    for (double rate : new double[] {0, 0.1, 0.5, 0.75, 0.999}) {
      DropoutMask mask = new DropoutMask(Philox.threshold(rate), 1, 2, 3, 4);
      for (int word : new int[] {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1234567}) {
        boolean keeps = Integer.compareUnsigned(word, mask.threshold()) >= 0;
        assertThat(mask.kept(word)).isEqualTo(keeps ? -1L : 0L);
      }
      int word = mask.threshold();
      assertThat(mask.kept(word)).isEqualTo(-1L);
      if (rate > 0) {
        assertThat(mask.kept(word - 1)).isZero();
      }
    }
  }

  /** Sizes and periods that no run of words divides, on one thread and on two. */
  @Test
  void everyUnitIsDroppedByItsOwnWord() {
    for (int size : new int[] {1, 7, 1023, 4097, 20_011}) {
      for (int period : new int[] {1, 5, 1026, 3001, size}) {
        if (period <= size) {
          check(size, period);
        }
      }
    }
  }

  private void check(int size, int period) {
    int[] state = {random.nextInt(), random.nextInt(), random.nextInt()};
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = i % 11 == 0 ? Float.NaN : (float) random.nextDouble(-1, 1);
    }
    float[] y = new float[size];
    try (Workers workers = new Workers(2)) {
      new ReferenceNoise(workers)
          .dropout(
              Tensor.of(x, size),
              Tensor.of(y, size),
              0.3,
              period,
              new Noise(Tensor.of(state, 3), 5));
    }
    for (int i = 0; i < size; i++) {
      int word = Philox.word(state[0], state[1], state[2], 5, i % period);
      boolean keeps = Integer.compareUnsigned(word, Philox.threshold(0.3)) >= 0;
      assertThat(y[i])
          .as("%d of %d, period %d", i, size, period)
          .isEqualTo(Float.valueOf(keeps ? (float) (x[i] / (1 - 0.3)) : 0f));
    }
  }
}
