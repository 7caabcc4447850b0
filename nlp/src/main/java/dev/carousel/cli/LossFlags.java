package dev.carousel.cli;

import dev.carousel.task.ClassWeighting;
import dev.carousel.task.LossSettings;
import picocli.CommandLine.Option;

/** Flags: what is minimised where labels are learned. */
final class LossFlags {
  @Option(
      names = "--label-smoothing",
      paramLabel = "X",
      description = "Share of probability spread over all labels (default: ${DEFAULT-VALUE}).")
  private double labelSmoothing;

  @Option(
      names = "--class-weights",
      paramLabel = "HOW",
      description = "none or balanced: rare labels count more (default: none).")
  private ClassWeighting classWeights = ClassWeighting.NONE;

  @Option(
      names = "--focal-gamma",
      paramLabel = "G",
      description = {
        "Focal loss (Lin 2017): what is classified well already counts (1 - p)^G as much; 0 for",
        "none, 2 is usual (default: ${DEFAULT-VALUE})."
      })
  private double focalGamma;

  LossSettings settings() {
    return new LossSettings(classWeights, labelSmoothing, focalGamma);
  }
}
