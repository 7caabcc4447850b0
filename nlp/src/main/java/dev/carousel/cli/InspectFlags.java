package dev.carousel.cli;

import dev.carousel.model.InspectionOptions;
import dev.carousel.model.InspectionOptions.Saliency;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags of {@code inspect}: what to look at. Each task says which of them it heeds. */
final class InspectFlags {
  @Option(
      names = "--layer",
      paramLabel = "N",
      description = "One layer alone, counted from 0 as in the parameters' names (default: all).")
  private @Nullable Integer layer;

  @Option(
      names = "--units",
      paramLabel = "RANGES",
      converter = UnitRanges.Converter.class,
      description = "Some units alone, counted from 0, as in 0-7,12 (default: all).")
  private @Nullable UnitRanges units;

  @Option(
      names = "--saliency",
      description = {
        "Say how much each token mattered to what the model predicts: the norm of the score's",
        "gradient by the token's vector, and gradient times vector. Classifiers: the label's",
        "logit; taggers: the tags' emissions; language models: the next token's log probability."
      })
  private boolean saliency;

  @Option(
      names = "--of",
      paramLabel = "NAME",
      description = "With --saliency: of this label, tag or next token, not of the predicted one.")
  private @Nullable String of;

  @Option(
      names = "--token",
      paramLabel = "N",
      description = "Taggers, with --saliency: of the tag of this token, counted from 0.")
  private @Nullable Integer token;

  /**
   * What to ask of a model.
   *
   * @throws IllegalArgumentException if a flag would be ignored
   */
  InspectionOptions options() {
    if (!saliency && (of != null || token != null)) {
      throw new IllegalArgumentException(
          (of != null ? "--of" : "--token") + " needs --saliency, which it is about");
    }
    return new InspectionOptions(saliency ? Saliency.ON : Saliency.OFF, of, token);
  }

  /** What to show of the answer. */
  ShownLayer.Choice choice() {
    return new ShownLayer.Choice(layer, units);
  }
}
