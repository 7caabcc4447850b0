package dev.carousel.cli;

import dev.carousel.lm.LanguageDropout;
import dev.carousel.lm.LanguageRegularisation;
import dev.carousel.nn.ValueDropout.Kind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags: what is dropped and penalised while a language model trains. */
final class LanguageDropoutFlags {
  @Option(
      names = "--dropout",
      paramLabel = "P",
      description = "Before, between and after the layers (default: ${DEFAULT-VALUE}).")
  private double dropout = 0.3;

  @Option(
      names = "--dropout-kind",
      paramLabel = "KIND",
      description = {
        "locked (one mask a window, Merity 2018) or unit (each unit of each step alone, Zaremba",
        "2014) (default: locked)."
      })
  private @Nullable Kind kind;

  @Option(
      names = "--input-dropout",
      paramLabel = "P",
      description = "Of the embedded tokens (default: as --dropout).")
  private @Nullable Double input;

  @Option(
      names = "--layer-dropout",
      paramLabel = "P",
      description = "Of the values between layers (default: as --dropout).")
  private @Nullable Double between;

  @Option(
      names = "--output-dropout",
      paramLabel = "P",
      description = "Of the last layer's values (default: as --dropout).")
  private @Nullable Double output;

  @Option(
      names = "--embedding-dropout",
      paramLabel = "P",
      description = "Of whole words of the vocabulary (default: ${DEFAULT-VALUE}).")
  private double words;

  @Option(
      names = "--weight-drop",
      paramLabel = "P",
      description = "Of hidden-to-hidden weights, one mask a window (default: ${DEFAULT-VALUE}).")
  private double weights;

  @Option(
      names = "--ar",
      paramLabel = "X",
      description = "Activation regularisation, alpha (default: ${DEFAULT-VALUE}).")
  private double size;

  @Option(
      names = "--tar",
      paramLabel = "X",
      description = "Temporal activation regularisation, beta (default: ${DEFAULT-VALUE}).")
  private double change;

  /**
   * What the flags say.
   *
   * @param layers of the network: between the layers of one there is nothing that {@code --dropout}
   *     could mean
   */
  LanguageRegularisation regularisation(int layers) {
    LanguageDropout values =
        new LanguageDropout(
            kind == null ? Kind.LOCKED : kind,
            or(input, dropout),
            or(between, layers > 1 ? dropout : 0),
            or(output, dropout),
            words);
    if (kind != null && values.input() + values.between() + values.output() == 0) {
      throw new IllegalArgumentException(
          "--dropout-kind is about values that are dropped, and none are: give --dropout");
    }
    return new LanguageRegularisation(values, weights, size, change);
  }

  private static double or(@Nullable Double given, double otherwise) {
    return given == null ? otherwise : given;
  }
}
