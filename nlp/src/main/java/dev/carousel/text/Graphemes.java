package dev.carousel.text;

/**
 * Cuts text into grapheme clusters: what a reader takes for one character.
 *
 * <p>The rules are those of Unicode Standard Annex 29, extended clusters, over character classes
 * that the JDK knows in every version: a base with the marks, variation selectors, emoji modifiers
 * and tag characters behind it; pictographs joined by ZWJ; pairs of regional indicators; Hangul
 * syllables made of jamo; CR LF. Left out are the few Prepend characters and the conjuncts of Indic
 * scripts, because their classes changed between Unicode versions and a model must see the same
 * tokens on every JDK. A lone surrogate is a cluster of its own.
 */
public final class Graphemes {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Graphemes() {}

  /**
   * The end of the cluster that starts at an index.
   *
   * @param text the text
   * @param from the start of a cluster, below the length
   * @return the index behind the cluster, above {@code from}
   */
  public static int next(CharSequence text, int from) {
    int base = Character.codePointAt(text, from);
    int at = from + Character.charCount(base);
    if (isControl(base)) {
      return base == '\r' && at < text.length() && text.charAt(at) == '\n' ? at + 1 : at;
    }
    at = core(text, base, at);
    boolean pictograph = isPictograph(base);
    int previous = base;
    while (at < text.length()) {
      int next = Character.codePointAt(text, at);
      boolean joined = pictograph && previous == ZERO_WIDTH_JOINER && isPictograph(next);
      if (!joined && !isExtender(next)) {
        break;
      }
      previous = next;
      at += Character.charCount(next);
    }
    return at;
  }

  /** Whether a code point belongs to the character before it. */
  static boolean isExtender(int codePoint) {
    if (codePoint < 0x300) {
      return false;
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      default ->
          codePoint == ZERO_WIDTH_JOINER
              || codePoint == ZERO_WIDTH_NON_JOINER
              || codePoint == 0xFF9E // half-width katakana voicing marks
              || codePoint == 0xFF9F
              || (codePoint >= 0x1F3FB && codePoint <= 0x1F3FF) // emoji skin tones
              || (codePoint >= 0xE0020 && codePoint <= 0xE007F); // emoji flags' tags
    };
  }

  /** Completes a regional indicator pair or a Hangul syllable that starts with {@code base}. */
  private static int core(CharSequence text, int base, int from) {
    if (isRegionalIndicator(base)) {
      return from < text.length() && isRegionalIndicator(Character.codePointAt(text, from))
          ? from + 2
          : from;
    }
    int at = from;
    Hangul before = Hangul.of(base);
    while (before != Hangul.NONE && at < text.length()) {
      Hangul next = Hangul.of(text.charAt(at));
      if (!before.takes(next)) {
        break;
      }
      before = next;
      at++;
    }
    return at;
  }

  private static boolean isRegionalIndicator(int codePoint) {
    return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
  }

  private static boolean isPictograph(int codePoint) {
    return (codePoint >= 0x1F000 && codePoint <= 0x1FAFF)
        || (codePoint >= 0x2194 && codePoint <= 0x21AA)
        || Character.getType(codePoint) == Character.OTHER_SYMBOL;
  }

  private static boolean isControl(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  /** The parts a Hangul syllable is made of. */
  private enum Hangul {
    NONE,
    LEADING,
    VOWEL,
    TRAILING,
    LEADING_VOWEL,
    LEADING_VOWEL_TRAILING;

    static Hangul of(int codePoint) {
      if (codePoint < 0x1100 || codePoint > 0xD7FB) {
        return NONE;
      }
      if (codePoint >= 0xAC00 && codePoint <= 0xD7A3) {
        return (codePoint - 0xAC00) % 28 == 0 ? LEADING_VOWEL : LEADING_VOWEL_TRAILING;
      }
      if (codePoint <= 0x115F || (codePoint >= 0xA960 && codePoint <= 0xA97C)) {
        return LEADING;
      }
      if (codePoint <= 0x11A7 || (codePoint >= 0xD7B0 && codePoint <= 0xD7C6)) {
        return VOWEL;
      }
      return codePoint <= 0x11FF || codePoint >= 0xD7CB ? TRAILING : NONE;
    }

    /** Whether the next part stays in the syllable: rules GB6 to GB8. */
    boolean takes(Hangul next) {
      return switch (this) {
        case NONE -> false;
        case LEADING -> next != NONE && next != TRAILING;
        case VOWEL, LEADING_VOWEL -> next == VOWEL || next == TRAILING;
        case TRAILING, LEADING_VOWEL_TRAILING -> next == TRAILING;
      };
    }
  }
}
