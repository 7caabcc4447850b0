package dev.carousel.eval;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How BLEU cuts text into what it counts, each by the rules of the same name in sacreBLEU (Post, "A
 * call for clarity in reporting BLEU scores", 2018).
 */
public enum BleuTokenizer {
  /** For languages written with spaces: the rules of NIST's mteval-v13a. */
  V13A("13a") {
    @Override
    String prepare(String line) {
      String s = line.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
      if (s.contains("&")) {
        s =
            s.replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
      }
      return Western.tokenize(" " + s + " ");
    }
  },
  /** For Chinese: each Chinese character for itself, the rest as for 13a. */
  ZH("zh") {
    @Override
    String prepare(String line) {
      StringBuilder apart = new StringBuilder();
      WhiteSpaces.strip(line)
          .codePoints()
          .forEach(
              c -> {
                if (ChineseRanges.contains(c)) {
                  apart.append(' ').appendCodePoint(c).append(' ');
                } else {
                  apart.appendCodePoint(c);
                }
              });
      return Western.tokenize(apart.toString());
    }
  },
  /** Every character. */
  CHAR("char") {
    @Override
    String prepare(String line) {
      StringBuilder apart = new StringBuilder();
      line.codePoints().forEach(c -> apart.appendCodePoint(c).append(' '));
      return apart.toString();
    }
  },
  /** At white space only: for text that was tokenised before, if both sides were alike. */
  NONE("none") {
    @Override
    String prepare(String line) {
      return line;
    }
  };

  private final String signature;

  BleuTokenizer(String signature) {
    this.signature = signature;
  }

  /** The name in a signature and on the command line. */
  public String signature() {
    return signature;
  }

  /**
   * The tokenizer of this name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static BleuTokenizer named(String name) {
    for (BleuTokenizer t : values()) {
      if (t.signature.equals(name.toLowerCase(Locale.ROOT))) {
        return t;
      }
    }
    throw new IllegalArgumentException(
        "no BLEU tokenizer '" + name + "'; there are 13a, zh, char and none");
  }

  /** The tokens of a line. */
  List<String> tokens(String line) {
    return WhiteSpaces.split(prepare(WhiteSpaces.stripEnd(line)));
  }

  /** The line with white space between its tokens. */
  abstract String prepare(String line);

  /** The part of mteval-v13a for western languages, in its order. */
  private static final class Western {
    private static final Pattern SYMBOL = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
    private static final Pattern STOP_AFTER_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
    private static final Pattern STOP_BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
    private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

    static String tokenize(String line) {
      String s = SYMBOL.matcher(line).replaceAll(" $1 ");
      s = STOP_AFTER_NO_DIGIT.matcher(s).replaceAll("$1 $2 ");
      s = STOP_BEFORE_NO_DIGIT.matcher(s).replaceAll(" $1 $2");
      return DASH_AFTER_DIGIT.matcher(s).replaceAll("$1 $2 ");
    }
  }
}
