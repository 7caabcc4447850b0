package dev.carousel.embed;

import dev.carousel.data.SplitMix64;
import java.util.Arrays;

/**
 * Skip-gram with negative sampling (Mikolov et al. 2013, equation 4): the vector v of a word is to
 * tell the words u⁺ around it from noise words u⁻.
 *
 * <pre>
 * loss = −ln σ(u⁺·v) − Σ ln σ(−u⁻·v)
 * </pre>
 *
 * Rows are arrays of their own, because the compiler of the JVM makes vector instructions of loops
 * in which all arrays have the same index.
 */
final class SkipGram {
  private final float[][] words;
  private final float[][] contexts;

  /** Tables of {@code rows} vectors; a row is a word's vector v, a context's vector u is zero. */
  SkipGram(int rows, int size, SplitMix64 random) {
    this.words = new float[rows][size];
    this.contexts = new float[rows][size];
    for (float[] row : words) {
      for (int d = 0; d < size; d++) {
        row[d] = ((random.nextLong() >>> 40) * 0x1p-24f - 0.5f) / size;
      }
    }
  }

  /** v of each word, [V][E]. */
  float[][] words() {
    return words;
  }

  /** u of each word, [V][E]. */
  float[][] contexts() {
    return contexts;
  }

  /**
   * Takes one step down the gradient.
   *
   * @param word whose vector is v
   * @param targets u⁺, then u⁻
   * @param rate the learning rate
   * @param change work space, [E]
   */
  void learn(int word, int[] targets, float rate, float[] change) {
    float[] v = words[word];
    Arrays.fill(change, 0);
    for (int i = 0; i < targets.length; i++) {
      float[] u = contexts[targets[i]];
      float g = ((i == 0 ? 1 : 0) - Sigmoid.of(Floats.dot(u, v))) * rate;
      step(v, u, change, g);
    }
    for (int d = 0; d < v.length; d++) {
      v[d] += change[d];
    }
  }

  private static void step(float[] v, float[] u, float[] change, float g) {
    for (int d = 0; d < change.length; d++) {
      change[d] += g * u[d];
    }
    for (int d = 0; d < u.length; d++) {
      u[d] += g * v[d];
    }
  }

  /** The loss at the vectors as they are. */
  double loss(int word, int[] targets) {
    double loss = 0;
    for (int i = 0; i < targets.length; i++) {
      float score = Floats.dot(contexts[targets[i]], words[word]);
      loss += Sigmoid.loss(i == 0 ? score : -score);
    }
    return loss;
  }
}
