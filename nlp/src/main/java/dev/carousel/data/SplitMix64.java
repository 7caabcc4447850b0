package dev.carousel.data;

/**
 * The SplitMix64 generator of Steele, Lea and Flood (2014), "Fast splittable pseudorandom number
 * generators".
 *
 * <p>Written out because splits and batch orders must stay the same on every JDK, and the JDK's own
 * generators do not promise their sequence. Not thread safe.
 */
public final class SplitMix64 {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** A generator whose sequence is a function of {@code seed} alone. */
  public SplitMix64(long seed) {
    this.state = seed;
  }

  /** A generator for one of many streams under one seed. */
  public static SplitMix64 of(long seed, long stream) {
    return new SplitMix64(mix(seed) ^ mix(stream + GOLDEN_GAMMA));
  }

  /** 64 random bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** A uniform number in [0, bound), by rejection, so without bias. */
  public int nextInt(int bound) {
    long limit = (1L << 32) - (1L << 32) % bound;
    long draw = nextLong() >>> 32;
    while (draw >= limit) {
      draw = nextLong() >>> 32;
    }
    return (int) (draw % bound);
  }

  /** A uniform permutation of 0..n-1 by the Fisher-Yates shuffle. */
  int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 1; i < n; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
