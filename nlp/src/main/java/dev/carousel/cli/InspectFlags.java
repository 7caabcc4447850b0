package dev.carousel.cli;

import dev.carousel.data.Columns;
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
        "logit; taggers: the tags' emissions; language models: the next token's log probability;",
        "translators and chatbots: the log probability of what they write."
      })
  private boolean saliency;

  @Option(
      names = "--of",
      paramLabel = "NAME",
      description = "With --saliency: of this label, tag or token, not of the predicted one.")
  private @Nullable String of;

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      description = {
        "Taggers: TEXT is a sentence in CoNLL lines with these columns, as in token,pos,tag; the",
        "tag's may be absent."
      })
  private @Nullable String columns;

  @Option(
      names = "--token",
      paramLabel = "N",
      description = {
        "With --saliency: of the tag of this token, or of this token of a translation given those",
        "before it, counted from 0 (default: the sum over all)."
      })
  private @Nullable Integer token;

  /**
   * What to ask of a model.
   *
   * @throws IllegalArgumentException if a flag would be ignored
   */
  InspectionOptions options() {
    columns();
    if (!saliency && (of != null || token != null)) {
      throw new IllegalArgumentException(
          (of != null ? "--of" : "--token") + " needs --saliency, which it is about");
    }
    return new InspectionOptions(saliency ? Saliency.ON : Saliency.OFF, of, token);
  }

  /**
   * The columns of a CoNLL sentence; null for plain text.
   *
   * @throws IllegalArgumentException if they are not understood
   */
  @Nullable Columns columns() {
    return columns == null ? null : Columns.parse(columns);
  }

  /** What to show of the answer. */
  ShownLayer.Choice choice() {
    return new ShownLayer.Choice(layer, units);
  }
}
