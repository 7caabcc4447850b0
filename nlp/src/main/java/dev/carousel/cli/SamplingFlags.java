package dev.carousel.cli;

import dev.carousel.decode.RepetitionControl;
import dev.carousel.decode.Sampling;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Flags: how tokens are drawn. */
final class SamplingFlags {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

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
      description =
          "Let no N tokens in a row come twice, the prompt's included; 0 for any (default: 0).")
  private int blockNgrams;

  @Option(
      names = "--repetition-penalty",
      paramLabel = "X",
      description =
          "Make tokens that occurred, in the prompt too, less probable; 1 for not (default: 1).")
  private double penalty = 1;

  @Option(
      names = "--repetition-window",
      paramLabel = "N",
      description = {
        "Latest tokens that count as occurred for these two, the prompt's among them",
        "(default: ${DEFAULT-VALUE})."
      })
  private int window = RepetitionControl.DEFAULT_WINDOW;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the draws (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  /**
   * How tokens are drawn.
   *
   * @throws IllegalArgumentException if a value is out of its range, or a flag would be ignored
   */
  Sampling sampling() {
    if (blockNgrams == 0 && penalty == 1) {
      GivenFlags.refuse(
          spec, "needs --block-ngrams or --repetition-penalty", "--repetition-window");
    }
    return new Sampling(
        temperature, topK, topP, new RepetitionControl(blockNgrams, penalty, window), seed);
  }
}
