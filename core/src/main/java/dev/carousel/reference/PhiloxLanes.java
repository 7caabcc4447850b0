package dev.carousel.reference;

/**
 * The words of many neighbouring blocks of {@link dev.carousel.spi.Philox} at once: a round is a
 * plain loop over the blocks, which the compiler turns into vector code. One instance a thread.
 */
final class PhiloxLanes {
  /** Words that are made at once. */
  static final int WORDS = 1024;

  private static final int BLOCKS = WORDS / 4;
  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final long LOW = 0xFFFFFFFFL;

  // 32-bit words in longs, so that a product needs no conversion
  private final long[] c0 = new long[BLOCKS];
  private final long[] c1 = new long[BLOCKS];
  private final long[] c2 = new long[BLOCKS];
  private final long[] c3 = new long[BLOCKS];
  private final int[] words = new int[WORDS];

  /**
   * Makes the words of blocks {@code first} and after.
   *
   * @param source whose words
   * @param blocks how many blocks, at most {@link #WORDS} / 4
   * @return [4·blocks] words in the order of their indices, until the next call
   */
  int[] words(DropoutMask source, int first, int blocks) {
    for (int i = 0; i < blocks; i++) {
      c0[i] = first + (long) i;
      c1[i] = 0;
      c2[i] = source.site() & LOW;
      c3[i] = source.step() & LOW;
    }
    int k0 = source.seedLow();
    int k1 = source.seedHigh();
    for (int round = 0; round < 10; round++) {
      round(blocks, k0 & LOW, k1 & LOW);
      k0 += W0;
      k1 += W1;
    }
    for (int i = 0; i < blocks; i++) {
      words[4 * i] = (int) c0[i];
      words[4 * i + 1] = (int) c1[i];
      words[4 * i + 2] = (int) c2[i];
      words[4 * i + 3] = (int) c3[i];
    }
    return words;
  }

  private void round(int blocks, long k0, long k1) {
    for (int i = 0; i < blocks; i++) {
      long p0 = M0 * c0[i];
      long p1 = M1 * c2[i];
      c0[i] = (p1 >>> 32) ^ c1[i] ^ k0;
      c2[i] = (p0 >>> 32) ^ c3[i] ^ k1;
      c1[i] = p1 & LOW;
      c3[i] = p0 & LOW;
    }
  }
}
