package dev.carousel.bench.row;

/** Numbers that are the same in every process. */
final class Draws {
  private Draws() {}

  /** Steele, Lea and Flood's SplitMix64 (2014), 24 bits a number, uniform within the bound. */
  static float[] uniform(int seed, long size, double bound) {
    float[] values = new float[Math.toIntExact(size)];
    long state = 0x9E3779B97F4A7C15L * seed + 12345;
    for (int i = 0; i < values.length; i++) {
      state += 0x9E3779B97F4A7C15L;
      long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      z ^= z >>> 31;
      values[i] = (float) (((z >>> 40) * 0x1p-23 - 1) * bound);
    }
    return values;
  }

  /** Integers from 0 to below the bound. */
  static int[] below(int seed, int size, int bound) {
    float[] draws = uniform(seed, size, 1);
    int[] numbers = new int[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = Math.min(bound - 1, (int) ((draws[i] + 1) / 2 * bound));
    }
    return numbers;
  }
}
