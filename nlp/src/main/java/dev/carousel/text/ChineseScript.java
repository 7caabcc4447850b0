package dev.carousel.text;

import com.hankcs.hanlp.HanLP;
import com.hankcs.hanlp.collection.trie.bintrie.BinTrie;
import com.hankcs.hanlp.corpus.dictionary.StringDictionary;

/**
 * Chinese in the other script, by HanLP's tables: the longest phrase or character that stands in
 * the table is replaced, from left to right.
 *
 * <p>Where a phrase has as many characters as what it becomes, each stands for its own; where not
 * ({@code 士多啤梨}, {@code 草莓}), each stands for the whole phrase. What is in no table stays.
 */
final class ChineseScript {
  private static final char FIRST_CJK = '\u2E80';

  private final BinTrie<String> table = new BinTrie<>();

  private ChineseScript(String file) {
    StringDictionary entries = new StringDictionary("=");
    String path = HanLP.Config.tcDictionaryRoot + file;
    if (!entries.load(path)) {
      throw new IllegalStateException(
          "HanLP's table " + path + " cannot be read; is its portable jar on the class path?");
    }
    entries.entrySet().forEach(entry -> table.put(entry.getKey(), entry.getValue()));
  }

  /** Loaded at first use: some 4,500 entries. */
  private static final class ToSimplified {
    static final ChineseScript TABLE = new ChineseScript("t2s.txt");
  }

  /** Loaded at first use: some 53,000 entries, most of them phrases. */
  private static final class ToTraditional {
    static final ChineseScript TABLE = new ChineseScript("s2t.txt");
  }

  static NormalizedText simplified(NormalizedText text) {
    return mayHaveChinese(text.text()) ? ToSimplified.TABLE.convert(text) : text;
  }

  static NormalizedText traditional(NormalizedText text) {
    return mayHaveChinese(text.text()) ? ToTraditional.TABLE.convert(text) : text;
  }

  private static boolean mayHaveChinese(String text) {
    return text.chars().anyMatch(c -> c >= FIRST_CJK);
  }

  private NormalizedText convert(NormalizedText from) {
    Conversion conversion = new Conversion(from);
    table.parseLongestText(from.text(), conversion::replace);
    return conversion.result();
  }

  /** One text on its way. */
  private static final class Conversion {
    private final NormalizedText from;
    private final NormalizedText.Builder to;
    private int done;

    Conversion(NormalizedText from) {
      this.from = from;
      this.to = new NormalizedText.Builder(from.text().length());
    }

    void replace(int start, int end, String by) {
      copy(start);
      String phrase = from.text().substring(start, end);
      if (phrase.codePointCount(0, phrase.length()) == by.codePointCount(0, by.length())) {
        replaceEach(phrase, start, by);
      } else {
        to.append(by, from.start(start), from.end(end - 1));
      }
      done = end;
    }

    private void replaceEach(String phrase, int start, String by) {
      int at = 0;
      for (int i = 0; i < phrase.length(); i = phrase.offsetByCodePoints(i, 1)) {
        int next = by.offsetByCodePoints(at, 1);
        int last = start + phrase.offsetByCodePoints(i, 1) - 1;
        to.append(by.substring(at, next), from.start(start + i), from.end(last));
        at = next;
      }
    }

    private void copy(int end) {
      for (int i = done; i < end; i++) {
        to.append(from.text().charAt(i), from.start(i), from.end(i));
      }
    }

    NormalizedText result() {
      copy(from.text().length());
      return to.build();
    }
  }
}
