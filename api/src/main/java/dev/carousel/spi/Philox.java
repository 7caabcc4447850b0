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
    return block(seedLow, seedHigh, index >>> 2, 0, site, step, index & 3);
  }

  /** Word {@code which} of one ten-round block, for tests against the published vectors. */
  static int block(int k0, int k1, int c0, int c1, int c2, int c3, int which) {
    for (int round = 0; round < 10; round++) {
      long p0 = M0 * (c0 & LOW);
      long p1 = M1 * (c2 & LOW);
      int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c1 = (int) p1;
      c3 = (int) p0;
      c0 = n0;
      c2 = n2;
      k0 += W0;
      k1 += W1;
    }
    return switch (which) {
      case 0 -> c0;
      case 1 -> c1;
      case 2 -> c2;
      default -> c3;
    };
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
