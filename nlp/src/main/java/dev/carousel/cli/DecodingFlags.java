package dev.carousel.cli;

import dev.carousel.decode.BeamSettings;
import picocli.CommandLine.Option;

/** Flags: how a translator searches for the best translation. */
final class DecodingFlags {
  @Option(
      names = "--beam",
      paramLabel = "N",
      description = "Translators: the width of the beam; 1 is greedy (default: ${DEFAULT-VALUE}).")
  private int beam = 5;

  @Option(
      names = "--length-penalty",
      paramLabel = "X",
      description = {
        "Translators: 0 favours short translations, 1 compares means of a token (Wu et al. 2016)",
        "(default: ${DEFAULT-VALUE})."
      })
  private double lengthPenalty = 1;

  @Option(
      names = "--coverage-penalty",
      paramLabel = "X",
      description = {
        "Translators: how much it counts that every source token was looked at",
        "(default: ${DEFAULT-VALUE})."
      })
  private double coveragePenalty;

  /**
   * The search.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  BeamSettings settings(int nBest) {
    return new BeamSettings(beam, lengthPenalty, coveragePenalty, nBest);
  }
}
