package dev.carousel.lm;

/**
 * What keeps a language model from learning its text by heart (Merity et al. 2018).
 *
 * @param dropout of values
 * @param weights rate at which hidden-to-hidden weights are dropped, one mask a window
 * @param size α of activation regularisation: α · mean square of the dropped outputs
 * @param change β of temporal activation regularisation: β · mean square of the outputs' changes
 */
public record LanguageRegularisation(
    LanguageDropout dropout, double weights, double size, double change) {
  /** Nothing. */
  public static final LanguageRegularisation NONE =
      new LanguageRegularisation(LanguageDropout.NONE, 0, 0, 0);

  /** Checks the ranges. */
  public LanguageRegularisation {
    if (!(weights >= 0 && weights < 1) || !(size >= 0) || !(change >= 0)) {
      throw new IllegalArgumentException(
          "weight drop must be 0 to below 1, AR and TAR 0 or more, not %s, %s, %s"
              .formatted(weights, size, change));
    }
  }
}
