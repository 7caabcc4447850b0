package dev.carousel.text;

import com.hankcs.hanlp.HanLP;
import com.hankcs.hanlp.seg.Segment;
import com.hankcs.hanlp.seg.common.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Chinese words by HanLP's dictionary and Viterbi search; everything that is not Han by the rules
 * of {@link WordTokenizer}, contractions kept.
 *
 * <p>The dictionaries lie in HanLP's jar, so this works without a network. They are loaded when the
 * first Han character is met, once for the whole JVM: about a third of a second and 40 MB. Safe for
 * any number of threads.
 */
public final class ChineseWordTokenizer implements Tokenizer {
  private final Normalizer normalizer;

  /**
   * Makes a tokenizer.
   *
   * @param normalizer what is done to the text first
   */
  public ChineseWordTokenizer(Normalizer normalizer) {
    this.normalizer = Objects.requireNonNull(normalizer, "normalizer");
  }

  @Override
  public List<Token> tokenize(String text) {
    NormalizedText normalized = normalizer.apply(text);
    WordScanner scanner = new WordScanner(normalized.text());
    List<Token> tokens = new ArrayList<>();
    int hanStart = 0;
    int hanEnd = 0;
    while (scanner.advance()) {
      boolean han = isHan(normalized.text().codePointAt(scanner.start()));
      if (!han || scanner.start() != hanEnd) {
        addWords(normalized, hanStart, hanEnd, tokens);
        hanStart = scanner.start();
      }
      hanEnd = han ? scanner.end() : hanStart;
      if (!han) {
        tokens.add(normalized.token(scanner.start(), scanner.end()));
      }
    }
    addWords(normalized, hanStart, hanEnd, tokens);
    return tokens;
  }

  @Override
  public TokenizerSpec spec() {
    return TokenizerSpec.of("chinese-word", normalizer);
  }

  /** Cuts a run of Han characters into words, at the ends of whole characters only. */
  private static void addWords(NormalizedText text, int start, int end, List<Token> tokens) {
    if (start == end) {
      return;
    }
    String run = text.text().substring(start, end);
    int wordStart = 0;
    int boundary = 0;
    for (Term term : Dictionary.SEGMENT.seg(run)) {
      int wordEnd = term.offset + term.length();
      while (boundary < wordEnd) {
        boundary = Graphemes.next(run, boundary);
      }
      // HanLP works on UTF-16 units and may cut a rare character in two: that is no end of a word.
      if (boundary == wordEnd && wordEnd > wordStart) {
        tokens.add(text.token(start + wordStart, start + wordEnd));
        wordStart = wordEnd;
      }
    }
    if (wordStart < run.length()) {
      tokens.add(text.token(start + wordStart, end));
    }
  }

  private static boolean isHan(int codePoint) {
    return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
  }

  /** Loaded at first use. */
  private static final class Dictionary {
    static final Segment SEGMENT = HanLP.newSegment().enableOffset(true);
  }
}
