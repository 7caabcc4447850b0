package dev.carousel.tag;

import dev.carousel.eval.TagSpan;
import dev.carousel.eval.TagSpans;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How tags describe spans, and which of them may follow each other. */
public enum TagScheme {
  /** Each tag stands for itself, as parts of speech do; any may follow any. */
  PLAIN("", ""),
  /** B-x begins a span of type x, I-x goes on with it, O is outside (also called IOB2). */
  BIO("BI", "B"),
  /** As BIO, but a span of two or more ends with E-x, and one of one token is S-x. */
  BIOES("BIE", "S"),
  /** As BIOES, with M-x for I-x: usual for Chinese. */
  BMES("BME", "S");

  private static final String OUTSIDE = "O";

  private final String letters;
  private final String single;

  TagScheme(String letters, String single) {
    this.letters = letters;
    this.single = single;
  }

  /**
   * The scheme that tags are written in: BMES if there is an M-x or, without any I-x, an S-x or
   * E-x; BIOES if there is an E-x or S-x; BIO (which also reads the older IOB1) if all are O, B-x
   * or I-x; PLAIN if any tag is something else, or if there is nothing but O.
   */
  public static TagScheme detect(Collection<String> tags) {
    boolean[] seen = new boolean[128];
    for (String tag : tags) {
      boolean outside = tag.equals(OUTSIDE);
      if (!outside && (tag.length() < 3 || tag.charAt(1) != '-')) {
        return PLAIN;
      }
      if (!outside && "BIMES".indexOf(tag.charAt(0)) < 0) {
        return PLAIN;
      }
      seen[tag.charAt(0)] = true;
    }
    boolean ends = seen['E'] || seen['S'];
    if (seen['M'] || (ends && !seen['I'])) {
      return seen['I'] ? PLAIN : BMES;
    }
    if (ends) {
      return BIOES;
    }
    return seen['B'] || seen['I'] ? BIO : PLAIN;
  }

  /**
   * Tags of this scheme.
   *
   * @param spans not overlapping, within the length
   * @param length T tokens
   * @throws IllegalStateException for {@link #PLAIN}, which has no spans
   */
  public List<String> encode(List<TagSpan> spans, int length) {
    if (this == PLAIN) {
      throw new IllegalStateException("plain tags describe no spans");
    }
    List<String> tags = new ArrayList<>(Collections.nCopies(length, OUTSIDE));
    for (TagSpan span : spans) {
      for (int t = span.start(); t < span.end(); t++) {
        tags.set(t, letter(span, t) + "-" + span.type());
      }
    }
    return tags;
  }

  private char letter(TagSpan span, int t) {
    boolean first = t == span.start();
    boolean last = t == span.end() - 1;
    if (first && last) {
      return single.charAt(0);
    }
    return first ? letters.charAt(0) : letters.charAt(last ? letters.length() - 1 : 1);
  }

  /** Tags of any scheme in this one; PLAIN leaves them as they are. */
  public List<String> convert(List<String> tags) {
    return this == PLAIN ? tags : encode(TagSpans.of(tags), tags.size());
  }

  /**
   * Whether a tag may follow another in a sentence that keeps to the scheme.
   *
   * @param before null for the beginning of the sentence
   * @param tag null for its end
   */
  public boolean follows(@Nullable String before, @Nullable String tag) {
    if (this == PLAIN) {
      return true;
    }
    if (tag == null || begins(tag)) {
      return before == null || !goesOn(before);
    }
    return before != null && mayGoOn(before) && before.substring(1).equals(tag.substring(1));
  }

  /** O, B or S: what may stand where no span is open. */
  private static boolean begins(String tag) {
    return tag.equals(OUTSIDE) || tag.charAt(0) == 'B' || tag.charAt(0) == 'S';
  }

  /** Whether more of the span may come. */
  private boolean mayGoOn(String tag) {
    return !tag.equals(OUTSIDE) && tag.charAt(0) != 'E' && tag.charAt(0) != 'S';
  }

  /** Whether more of the span must come. */
  private boolean goesOn(String tag) {
    return this != BIO && mayGoOn(tag);
  }
}
