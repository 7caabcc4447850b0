package dev.carousel.embed;

import dev.carousel.model.SettingsText;
import java.util.SortedMap;

/**
 * How word vectors are learned from text.
 *
 * @param size E, features of a word
 * @param window how far away a word may be that is predicted; for each word a distance is drawn
 *     from 1 to this, so that nearer ones count more
 * @param negative noise words beside each predicted one, at least 1
 * @param subsample t: of a word with the share f of the text, only sqrt(t / f) of its occurrences
 *     are read; 0 for all of them
 * @param minCount how often a word must occur to get a vector, at least 1
 * @param passes how the text is gone through
 */
public record SkipGramSettings(
    int size, int window, int negative, double subsample, long minCount, Passes passes) {
  /** What word2vec begins with, and a single thread. */
  public static final SkipGramSettings DEFAULT =
      new SkipGramSettings(100, 5, 5, 1e-3, 5, new Passes(5, 0.025, 1, 1));

  /**
   * How a text is gone through.
   *
   * @param epochs how often
   * @param rate the learning rate at the beginning; it falls linearly to a ten-thousandth of that
   * @param threads that learn at once, each from a stretch of the text. One gives the same bits
   *     everywhere; several write into the same vectors without waiting for each other (Recht et
   *     al. 2011), so two runs differ a little
   * @param seed of all that is drawn
   */
  public record Passes(int epochs, double rate, int threads, long seed) {
    /** Checks the ranges. */
    public Passes {
      if (epochs < 1 || threads < 1 || !(rate > 0 && Double.isFinite(rate))) {
        throw new IllegalArgumentException(
            "epochs and threads must be at least 1 and the rate above 0, not %d, %d and %s"
                .formatted(epochs, threads, rate));
      }
    }
  }

  /** Checks the ranges. */
  public SkipGramSettings {
    if (size < 1 || size > VectorHeader.MAX_SIZE) {
      throw new IllegalArgumentException(
          "vectors have 1 to %d features, not %d".formatted(VectorHeader.MAX_SIZE, size));
    }
    if (window < 1 || negative < 1 || minCount < 1) {
      throw new IllegalArgumentException(
          "window, negative and min count must be at least 1, not %d, %d and %d"
              .formatted(window, negative, minCount));
    }
    if (!(subsample >= 0 && subsample <= 1)) {
      throw new IllegalArgumentException("subsample must be 0 to 1, not " + subsample);
    }
  }

  /** The same, gone through like this. */
  public SkipGramSettings withPasses(Passes other) {
    return new SkipGramSettings(size, window, negative, subsample, minCount, other);
  }

  /** Every setting by the name of its flag. */
  SortedMap<String, String> describe() {
    return new SettingsText()
        .put("dim", size)
        .put("window", window)
        .put("negative", negative)
        .put("subsample", subsample)
        .put("min-count", minCount)
        .put("epochs", passes.epochs())
        .put("lr", passes.rate())
        .put("threads", passes.threads())
        .put("seed", passes.seed())
        .toMap();
  }
}
