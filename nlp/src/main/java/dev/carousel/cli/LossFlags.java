package dev.carousel.cli;

import dev.carousel.task.ClassWeighting;
import dev.carousel.task.LossSettings;
import picocli.CommandLine.Option;

/** Flags: what a classifier minimises. */
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

  LossSettings settings() {
    return new LossSettings(classWeights, labelSmoothing);
  }
}
