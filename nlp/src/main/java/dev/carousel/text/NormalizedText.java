package dev.carousel.text;

import java.util.Arrays;

/** A normalised text that remembers where each of its UTF-16 units stood in the original. */
public final class NormalizedText {
  private static final int[] NONE = {};

  private final String text;
  private final boolean unchanged;
  private final int[] starts;
  private final int[] ends;

  private NormalizedText(String text, boolean unchanged, int[] starts, int[] ends) {
    this.text = text;
    this.unchanged = unchanged;
    this.starts = starts;
    this.ends = ends;
  }

  static NormalizedText unchanged(String text) {
    return new NormalizedText(text, true, NONE, NONE);
  }

  /** Returns the normalised text. */
  public String text() {
    return text;
  }

  /** Where in the original a unit's stretch starts. */
  int start(int at) {
    return unchanged ? at : starts[at];
  }

  /** Where it ends. */
  int end(int at) {
    return unchanged ? at + 1 : ends[at];
  }

  /**
   * A stretch of the normalised text as a token of the original.
   *
   * @param start its first unit
   * @param end the unit behind its last, above {@code start}
   * @return the token
   */
  public Token token(int start, int end) {
    return token(text.substring(start, end), start, end);
  }

  /** As {@link #token(int, int)}, with another text. */
  Token token(String tokenText, int start, int end) {
    return new Token(tokenText, start(start), end(end - 1));
  }

  /** Collects normalised clusters. */
  static final class Builder {
    private final StringBuilder text;
    private int[] starts;
    private int[] ends;

    Builder(int expectedLength) {
      text = new StringBuilder(expectedLength);
      starts = new int[Math.max(16, expectedLength)];
      ends = new int[starts.length];
    }

    void append(char character, int start, int end) {
      int at = text.length();
      reserve(at + 1);
      text.append(character);
      starts[at] = start;
      ends[at] = end;
    }

    void append(String cluster, int start, int end) {
      int from = text.length();
      int to = from + cluster.length();
      reserve(to);
      text.append(cluster);
      Arrays.fill(starts, from, to, start);
      Arrays.fill(ends, from, to, end);
    }

    private void reserve(int length) {
      if (length > starts.length) {
        int capacity = Math.max(length, starts.length + (starts.length >> 1));
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
      }
    }

    NormalizedText build() {
      return new NormalizedText(text.toString(), false, starts, ends);
    }
  }
}
