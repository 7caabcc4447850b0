package dev.carousel.nn;

/**
 * What an attending decoder is.
 *
 * @param score of its attention
 * @param feeding whether each step reads what the one before made
 * @param attentional A, features it makes for the output layer, at least 1
 * @param dropout of these features, 0 to below 1
 */
public record DecoderSettings(
    AttentionScore score, InputFeeding feeding, int attentional, double dropout) {
  /** Whether h̃ of one step is an input of the next (Luong et al. 2015, 3.3). */
  public enum InputFeeding {
    /** No: with known inputs all steps are one recurrent call and one attention call. */
    OFF,
    /** Yes: the decoder knows what it attended to, and is computed step by step. */
    ON
  }

  /** Checks the ranges. */
  public DecoderSettings {
    if (attentional < 1) {
      throw new IllegalArgumentException(
          "a decoder must make at least 1 feature, not " + attentional);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "dropout of a decoder's features must be 0 to below 1, not " + dropout);
    }
  }
}
