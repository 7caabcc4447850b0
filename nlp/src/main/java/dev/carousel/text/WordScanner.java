package dev.carousel.text;

import java.util.Locale;
import java.util.Set;

/** Walks over a text token by token: the rules that {@link WordTokenizer} lists. */
final class WordScanner {
  /** Words that keep a period, in lower case. */
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr", "mrs", "ms", "dr", "prof", "jr", "sr", "vs", "etc", "inc", "ltd", "corp", "gen",
          "sen", "rep", "gov", "capt", "lt", "col", "sgt", "rev", "approx", "dept", "jan", "feb",
          "aug", "sept", "oct", "nov", "dec");

  private static final int LONGEST_ABBREVIATION = 6;

  private final String text;
  private int start;
  private int end;
  private boolean word;

  WordScanner(String text) {
    this.text = text;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** Whether the token is an ordinary word or number, not an address, a tag or a symbol. */
  boolean isWord() {
    return word;
  }

  /** Moves to the next token; false at the end of the text. */
  boolean advance() {
    start = skipBlanks(end);
    if (start == text.length()) {
      end = start;
      return false;
    }
    int first = text.codePointAt(start);
    word = false;
    end = WebAddress.end(text, start);
    if (end > start) {
      return true;
    }
    if (startsWord(first)) {
      word = true;
      end = wordEnd();
    } else {
      end = symbolEnd(first);
    }
    return true;
  }

  private int skipBlanks(int from) {
    int at = from;
    while (at < text.length()) {
      int next = Graphemes.next(text, at);
      if (!Characters.isBlank(text, at, next)) {
        break;
      }
      at = next;
    }
    return at;
  }

  private boolean startsWord(int first) {
    return isPlainWordPart(first) || (first == '.' && isDigit(at(start + 1)));
  }

  private int symbolEnd(int first) {
    int second = at(start + 1);
    if ((first == '#' && Character.isLetter(second)) || (first == '@' && isPlainWordPart(second))) {
      return runEnd(start + 1);
    }
    if (EnglishContractions.isApostrophe(first)) {
      int clitic = EnglishContractions.cliticEnd(text, start);
      if (clitic > start) {
        return clitic;
      }
    }
    if (first == second && "'`.-".indexOf(first) >= 0) {
      return repeatEnd(first);
    }
    return Graphemes.next(text, start);
  }

  /** The end of a run of periods or hyphens, or of a doubled quote. */
  private int repeatEnd(int c) {
    int limit = c == '.' || c == '-' ? text.length() : start + 2;
    int at = start;
    while (at < limit && text.charAt(at) == c) {
      at = Graphemes.next(text, at);
    }
    return at;
  }

  private int wordEnd() {
    int partStart = text.charAt(start) == '.' ? start + 1 : start;
    int at = runEnd(partStart);
    boolean initialism = at - start == 1;
    while (joins(partStart, at)) {
      initialism &= text.charAt(at) == '.';
      partStart = at + 1;
      at = runEnd(partStart);
      initialism &= at - partStart == 1;
    }
    initialism &= at - start > 1;
    return at(at) == '.' && (initialism || isAbbreviation(at)) ? Graphemes.next(text, at) : at;
  }

  /** Whether the character at the end of a part joins it to the next part. */
  private boolean joins(int partStart, int at) {
    int next = at(at + 1);
    if (!isPlainWordPart(next) || Graphemes.isExtender(next)) {
      return false;
    }
    int before = text.charAt(at - 1);
    return switch (text.charAt(at)) {
      case '-', '\u2010', '\u2011', '\'', '\u2019' -> true;
      case '&' -> Character.isLetter(before) && Character.isLetter(next);
      case ',', ':', '/' -> isDigit(before) && isDigit(next);
      case '.' ->
          (isDigit(before) && isDigit(next))
              || (at - partStart == 1 && Character.isLetter(before) && isSingleLetter(at + 1));
      default -> false;
    };
  }

  /**
   * Whether a part of an initialism starts here, as opposed to a sentence: {@code e.g}, {@code
   * a.The}.
   */
  private boolean isSingleLetter(int from) {
    int second = at(from + Character.charCount(text.codePointAt(from)));
    return Character.isLetter(text.codePointAt(from)) && !isPlainWordPart(second);
  }

  private boolean isAbbreviation(int at) {
    return at - start <= LONGEST_ABBREVIATION
        && ABBREVIATIONS.contains(text.substring(start, at).toLowerCase(Locale.ROOT));
  }

  private int runEnd(int from) {
    int at = from;
    while (at < text.length() && isPlainWordPart(text.codePointAt(at))) {
      at = Graphemes.next(text, at);
    }
    return at;
  }

  private static boolean isPlainWordPart(int codePoint) {
    return codePoint >= 0 && Characters.isWordPart(codePoint) && !Characters.isCjk(codePoint);
  }

  private static boolean isDigit(int codePoint) {
    return codePoint >= 0 && Character.isDigit(codePoint);
  }

  /** The code point at an index, or -1 behind the end. */
  private int at(int index) {
    return index < text.length() ? text.codePointAt(index) : -1;
  }
}
