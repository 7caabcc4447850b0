package dev.carousel.lm;

import dev.carousel.nn.ValueDropout;
import dev.carousel.nn.ValueDropout.Kind;

/**
 * What of the values is dropped while a language model trains; rates are 0 to below 1.
 *
 * @param kind whether each unit of each step is drawn alone (Zaremba et al. 2014), or the mask is
 *     locked over a window (Merity et al. 2018)
 * @param input of the embedded tokens
 * @param between of the values between layers
 * @param output of the last layer's values
 * @param words of whole words of the embedding, by word type
 */
public record LanguageDropout(
    Kind kind, double input, double between, double output, double words) {
  /** Nothing is dropped. */
  public static final LanguageDropout NONE = everywhere(Kind.UNIT, 0);

  /** Checks the ranges. */
  public LanguageDropout {
    check(kind, input);
    check(kind, between);
    check(kind, output);
    check(kind, words);
  }

  private static void check(Kind kind, double rate) {
    // refuses what is out of range
    new ValueDropout(kind, rate);
  }

  /** The same rate before, between and after the layers. */
  public static LanguageDropout everywhere(Kind kind, double rate) {
    return new LanguageDropout(kind, rate, rate, rate, 0);
  }

  ValueDropout of(double rate) {
    return new ValueDropout(kind, rate);
  }
}
