package dev.carousel.text;

/**
 * How much of a text a model has read: its first tokens.
 *
 * @param read how many, 0 or more
 * @param tokens how many the text has, at least as many
 */
public record Extent(int read, int tokens) {
  /** Checks the ranges. */
  public Extent {
    if (read < 0 || tokens < read) {
      throw new IllegalArgumentException("%d of %d tokens cannot be read".formatted(read, tokens));
    }
  }

  /** Whether the text was longer than what was read of it. */
  public boolean cut() {
    return read < tokens;
  }
}
