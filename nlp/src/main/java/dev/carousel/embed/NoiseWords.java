package dev.carousel.embed;

import dev.carousel.data.SplitMix64;

/**
 * Draws words with the probability of their count to the power of 3/4 (Mikolov et al. 2013, section
 * 2.2), each in constant time by Walker's alias method (Vose 1991): a column is drawn, then which
 * of the two words that share it. Immutable.
 */
final class NoiseWords {
  private static final double POWER = 0.75;
  private static final float UNIT = 0x1p-24f;

  private final float[] share;
  private final int[] other;

  /**
   * Prepares the draws.
   *
   * @param counts of each word; words with 0 are never drawn
   */
  NoiseWords(long[] counts) {
    int n = counts.length;
    double[] weight = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      weight[i] = StrictMath.pow((double) counts[i], POWER);
      sum += weight[i];
    }
    share = new float[n];
    other = new int[n];
    for (int i = 0; i < n; i++) {
      weight[i] *= n / sum;
    }
    fill(weight);
  }

  /** Pairs columns that are not full with words that have more than a column. */
  private void fill(double[] weight) {
    int n = weight.length;
    int[] queue = new int[n];
    int small = 0;
    int large = n;
    for (int i = 0; i < n; i++) {
      queue[weight[i] < 1 ? small++ : --large] = i;
    }
    while (small > 0 && large < n) {
      int under = queue[--small];
      int over = queue[large];
      share[under] = (float) weight[under];
      other[under] = over;
      weight[over] -= 1 - weight[under];
      if (weight[over] < 1) {
        large++;
        queue[small++] = over;
      }
    }
    // What is left is full but for rounding.
    for (int i = large; i < n; i++) {
      share[queue[i]] = 1;
    }
    for (int i = 0; i < small; i++) {
      share[queue[i]] = weight[queue[i]] == 0 ? 0 : 1;
    }
  }

  /** Draws a word's id. */
  int draw(SplitMix64 random) {
    long bits = random.nextLong();
    int column = (int) (((bits >>> 32) * share.length) >>> 32);
    return (bits & 0xFF_FFFF) * UNIT < share[column] ? column : other[column];
  }
}
