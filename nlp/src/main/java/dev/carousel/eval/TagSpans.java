package dev.carousel.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the spans that tags describe, by the rule of the CoNLL shared tasks' scorer {@code
 * conlleval} (Tjong Kim Sang and Buchholz 2000), which forgives tags that break their scheme:
 *
 * <ul>
 *   <li>a tag is a prefix, a hyphen and a type; {@code O} is outside of spans;
 *   <li>a span ends after E or S, before O, B or S, and where the type changes;
 *   <li>a span begins at B or S, at I or E after O, E or S, and where the type changes; so an I
 *       after O begins one as B does.
 * </ul>
 *
 * <p>M counts as I and L as E, U as S: BIO in both variants, BIOES, BMES and BILOU are all read. A
 * tag without a prefix of these counts as I of its own type.
 */
public final class TagSpans {
  private static final String OUTSIDE = "O";

  private TagSpans() {}

  /** The spans of one sentence's tags, in order; they do not overlap. */
  public static List<TagSpan> of(List<String> tags) {
    List<TagSpan> spans = new ArrayList<>();
    char before = 'O';
    String typeBefore = "";
    int start = -1;
    for (int t = 0; t <= tags.size(); t++) {
      String tag = t < tags.size() ? tags.get(t) : OUTSIDE;
      char prefix = prefix(tag);
      String type = type(tag);
      boolean changes = !type.equals(typeBefore);
      if (start >= 0 && (ends(before, prefix) || changes)) {
        spans.add(new TagSpan(typeBefore, start, t));
        start = -1;
      }
      if (prefix != 'O' && (begins(before, prefix) || changes)) {
        start = t;
      }
      before = prefix;
      typeBefore = type;
    }
    return spans;
  }

  private static boolean ends(char before, char now) {
    return before == 'E' || before == 'S' || now == 'O' || now == 'B' || now == 'S';
  }

  private static boolean begins(char before, char now) {
    return now == 'B' || now == 'S' || before == 'O' || before == 'E' || before == 'S';
  }

  /** B, I, E, S or O. */
  private static char prefix(String tag) {
    if (tag.equals(OUTSIDE)) {
      return 'O';
    }
    if (tag.length() > 1 && tag.charAt(1) != '-') {
      return 'I';
    }
    return switch (tag.charAt(0)) {
      case 'B' -> 'B';
      case 'E', 'L' -> 'E';
      case 'S', 'U' -> 'S';
      default -> 'I';
    };
  }

  private static String type(String tag) {
    if (tag.equals(OUTSIDE)) {
      return "";
    }
    return tag.length() > 1 && tag.charAt(1) == '-'
        ? tag.substring(2)
        : tag.length() > 1 ? tag : "";
  }
}
