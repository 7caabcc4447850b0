package dev.carousel.eval;

/**
 * The characters that sacreBLEU's {@code zh} tokenizer sets apart. Two of its ranges are meant for
 * supplementary ideographs, but what it compares begins at U+2001 and ends at U+2A6D, and runs from
 * U+2F81 to U+2FA1; so it sets general punctuation such as quotation marks apart and the
 * supplementary ideographs not. Published scores contain that, and so it is kept here.
 */
final class ChineseRanges {
  private static final int[][] RANGES = {
    {0x2001, 0x2A6D},
    {0x2E80, 0x2EFF},
    {0x2F00, 0x2FDF},
    {0x2FF0, 0x303F},
    {0x3100, 0x312F},
    {0x31A0, 0x31BF},
    {0x31C0, 0x31EF},
    {0x3200, 0x33FF},
    {0x3400, 0x4DB5},
    {0x4E00, 0x9FBB},
    {0xF900, 0xFA2D},
    {0xFA30, 0xFA6A},
    {0xFA70, 0xFAD9},
    {0xFE10, 0xFE1F},
    {0xFE30, 0xFE4F},
    {0xFF00, 0xFFEF},
  };

  private ChineseRanges() {}

  static boolean contains(int c) {
    for (int[] range : RANGES) {
      if (c >= range[0] && c <= range[1]) {
        return true;
      }
    }
    return false;
  }
}
