package dev.carousel.decode;

/**
 * What keeps a generator from going round in circles.
 *
 * @param blockNgrams no sequence of so many tokens comes twice within the window (Paulus, Xiong and
 *     Socher 2018); 0 for any may
 * @param penalty logits of tokens in the window are divided by this where positive, multiplied
 *     where negative (Keskar et al. 2019, section 4.1); 1 for none, at least 1
 * @param window how many of the latest tokens count, 1 to {@value #MAX_WINDOW}; what is older is
 *     forgotten, so memory does not grow with the text
 */
public record RepetitionControl(int blockNgrams, double penalty, int window) {
  /** The longest window. */
  public static final int MAX_WINDOW = 1 << 16;

  /** Tokens that count unless told otherwise. */
  public static final int DEFAULT_WINDOW = 512;

  /** Anything may come again. */
  public static final RepetitionControl NONE = new RepetitionControl(0, 1, DEFAULT_WINDOW);

  /** Checks the ranges. */
  public RepetitionControl {
    if (blockNgrams < 0) {
      throw new IllegalArgumentException(
          "blocked n-grams must have 1 or more tokens (0 for none), not " + blockNgrams);
    }
    if (!(penalty >= 1 && penalty < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a repetition penalty must be 1 or more, not " + penalty);
    }
    if (window < 1 || window > MAX_WINDOW) {
      throw new IllegalArgumentException(
          "the repetition window must be 1 to %d tokens, not %d".formatted(MAX_WINDOW, window));
    }
  }

  /** Blocks repeated sequences of {@code n} tokens, and nothing else. */
  public static RepetitionControl blocking(int n) {
    return new RepetitionControl(n, 1, DEFAULT_WINDOW);
  }

  /** Whether anything has to be remembered. */
  boolean active() {
    return blockNgrams > 0 || penalty > 1;
  }
}
