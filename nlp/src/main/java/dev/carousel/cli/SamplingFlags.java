package dev.carousel.cli;

import dev.carousel.decode.RepetitionControl;
import dev.carousel.decode.Sampling;
import picocli.CommandLine.Option;

/** Flags: how tokens are drawn. */
final class SamplingFlags {
  @Option(
      names = "--temperature",
      paramLabel = "X",
      description = {
        "Below 1 for safer, above 1 for bolder text; 0 for the most probable token always",
        "(default: ${DEFAULT-VALUE})."
      })
  private double temperature = 0.8;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Draw among the K most probable tokens; 0 for all (default: ${DEFAULT-VALUE}).")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = {
        "Draw among the fewest tokens whose probabilities sum to P; 1 for all",
        "(default: ${DEFAULT-VALUE})."
      })
  private double topP = 1;

  @Option(
      names = "--block-ngrams",
      paramLabel = "N",
      description = "Let no N tokens in a row come twice; 0 for any (default: ${DEFAULT-VALUE}).")
  private int blockNgrams;

  @Option(
      names = "--repetition-penalty",
      paramLabel = "X",
      description = "Make tokens that occurred less probable; 1 for not (default: 1).")
  private double penalty = 1;

  @Option(
      names = "--repetition-window",
      paramLabel = "N",
      description = "Latest tokens that count as occurred (default: ${DEFAULT-VALUE}).")
  private int window = RepetitionControl.DEFAULT_WINDOW;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the draws (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  Sampling sampling() {
    return new Sampling(
        temperature, topK, topP, new RepetitionControl(blockNgrams, penalty, window), seed);
  }
}
