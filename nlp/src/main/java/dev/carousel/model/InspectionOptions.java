package dev.carousel.model;

import org.jspecify.annotations.Nullable;

/**
 * What a look inside a model is to show beside gates and attention.
 *
 * @param saliency whether to follow the gradient of a score back to the tokens
 * @param of whose score: a label, a tag or a token; null for what the model predicts
 * @param token from 0, of a tagger the token whose tag is scored, of a translator the written token
 *     itself; null for the sum over all
 */
public record InspectionOptions(Saliency saliency, @Nullable String of, @Nullable Integer token) {
  /** Whether tokens are weighed by gradients, which takes a pass backwards. */
  public enum Saliency {
    /** No. */
    OFF,
    /** Yes. */
    ON
  }

  /** Gates and attention alone. */
  public static final InspectionOptions GATES = new InspectionOptions(Saliency.OFF, null, null);

  /** And how much each token mattered to what the model predicts. */
  public static final InspectionOptions SALIENCY = new InspectionOptions(Saliency.ON, null, null);

  /** Refuses what would be ignored. */
  public InspectionOptions {
    if (saliency == Saliency.OFF && (of != null || token != null)) {
      throw new IllegalArgumentException("a class or a token is asked for without saliency");
    }
    if (token != null && token < 0) {
      throw new IllegalArgumentException("tokens are counted from 0, not from " + token);
    }
  }

  /** Saliency of another class than the predicted one. */
  public static InspectionOptions of(String name) {
    return new InspectionOptions(Saliency.ON, name, null);
  }

  /** The same of one token's tag, or of one written token. */
  public InspectionOptions at(int index) {
    return new InspectionOptions(saliency, of, index);
  }

  /** Refuses a token where a model has one answer for the whole text. */
  public void refuseToken(String model) {
    if (token != null) {
      throw new IllegalArgumentException(
          model + " has one score for the whole text, none for token " + token);
    }
  }
}
