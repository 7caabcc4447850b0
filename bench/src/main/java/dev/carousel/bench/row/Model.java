package dev.carousel.bench.row;

import dev.carousel.rnn.Precision;

/**
 * The model of a whole training step: embedding [V, C], recurrence, one linear layer [K, F],
 * softmax cross entropy, clipping by the global norm, Adam.
 *
 * @param words V
 * @param classes K
 * @param features F, what the recurrence gives
 * @param pooled whether the mean over time is classified rather than each step
 */
public record Model(int words, int classes, int features, Pooled pooled) {
  /** V of every model. */
  public static final int WORDS = 10_000;

  /** K of a classifier. */
  public static final int LABELS = 5;

  /** K of a tagger: the parts of speech of Universal Dependencies. */
  public static final int TAGS = 17;

  /** The learning rate. */
  public static final double RATE = 1e-3;

  /** Adam's ε. */
  public static final double EPSILON = 1e-8;

  /** The largest global norm that passes unclipped. */
  public static final double MAX_NORM = 5;

  /** What the linear layer reads. */
  public enum Pooled {
    /** Every step. */
    NO,
    /** The mean over time. */
    MEAN
  }

  static Model of(Row row) {
    int features = row.spec(Precision.F32).outputSize();
    return switch (row.task()) {
      case PTB -> new Model(WORDS, WORDS, features, Pooled.NO);
      case CLASSIFIER -> new Model(WORDS, LABELS, features, Pooled.MEAN);
      case TAGGER -> new Model(WORDS, TAGS, features, Pooled.NO);
      case STEP, INFER, RAGGED, LONG, COLD, TRAIN, GREEDY, BEAM ->
          throw new IllegalStateException(row + " has no model around its network");
    };
  }

  /** Rows that the linear layer sees. */
  public int rows(Row row) {
    return pooled == Pooled.MEAN ? row.batch() : row.batch() * row.steps();
  }
}
