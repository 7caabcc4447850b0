package dev.carousel.spi;

/**
 * Philox4x32-10, the counter-based generator of Salmon et al., "Parallel random numbers: as easy as
 * 1, 2, 3" (SC 2011). The key is the seed (low half first); the counter is (index / 4, 0, site,
 * step), and index mod 4 selects the word. Part of the contract: every backend draws these bits.
 */
public final class Philox {
  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final long LOW = 0xFFFFFFFFL;

  private Philox() {}

  /** The 32 random bits of {@code index}; not negative. */
  public static int word(int seedLow, int seedHigh, int step, int site, int index) {
    int[] four = new int[4];
    words(seedLow, seedHigh, step, site, index >>> 2, four);
    return four[index & 3];
  }

  /**
   * The bits of the four indices 4·{@code block} to 4·{@code block} + 3, which come at once.
   *
   * @param four written, [4]
   */
  public static void words(int seedLow, int seedHigh, int step, int site, int block, int[] four) {
    four[0] = block;
    four[1] = 0;
    four[2] = site;
    four[3] = step;
    rounds(seedLow, seedHigh, four);
  }

  /** Ten rounds on a counter, in place; for tests against the published vectors. */
  static void rounds(int k0, int k1, int[] counter) {
    int c0 = counter[0];
    int c1 = counter[1];
    int c2 = counter[2];
    int c3 = counter[3];
    for (int round = 0; round < 10; round++) {
      long p0 = M0 * (c0 & LOW);
      long p1 = M1 * (c2 & LOW);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c1 = (int) p1;
      c3 = (int) p0;
      k0 += W0;
      k1 += W1;
    }
    counter[0] = c0;
    counter[1] = c1;
    counter[2] = c2;
    counter[3] = c3;
  }

  /**
   * The word below which a unit is dropped at {@code rate}: a unit is kept if its word, unsigned,
   * is at least this.
   *
   * @param rate 0 to below 1
   */
  public static int threshold(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("a dropout rate must be 0 to below 1, not " + rate);
    }
    return (int) (long) (rate * 4294967296.0);
  }
}
