package dev.carousel.cli;

import dev.carousel.lm.LanguageLearning;
import dev.carousel.lm.LanguageLearning.LossMean;
import dev.carousel.lm.Unrolling;
import dev.carousel.train.TrainingSettings;
import picocli.CommandLine.Option;

/** Flags: the windows that a language model is unrolled over. */
final class UnrollingFlags {
  @Option(
      names = "--steps",
      paramLabel = "T",
      description = "Tokens a window (default: ${DEFAULT-VALUE}).")
  private int steps = LanguageLearning.DEFAULT.unrolling().steps();

  @Option(
      names = "--unrolling",
      paramLabel = "HOW",
      description = {
        "fixed (windows follow each other and carry the state), drawn (the same, each of another",
        "length about T, Merity 2018) or sliding (each from zeros, in random order, predicting the",
        "one token after it) (default: ${DEFAULT-VALUE})."
      })
  private Unrolling.Kind kind = Unrolling.Kind.FIXED;

  @Option(
      names = "--stride",
      paramLabel = "N",
      description = "Of sliding windows: tokens from one to the next (default: 1).")
  private int stride;

  @Option(
      names = "--loss-mean",
      paramLabel = "OVER",
      description = {
        "token, or row (the sum of a window's steps, as Zaremba 2014 trains)",
        "(default: ${DEFAULT-VALUE})."
      })
  private LossMean mean = LossMean.TOKEN;

  @Option(
      names = "--init-range",
      paramLabel = "X",
      description = {
        "Let all weights begin uniform within ± X; 0 for orthogonal recurrent weights and a",
        "forget bias of 1 (default: ${DEFAULT-VALUE})."
      })
  private double initRange;

  LanguageLearning learning(int rows, TrainingSettings training) {
    boolean sliding = kind == Unrolling.Kind.SLIDING;
    Unrolling unrolling = new Unrolling(kind, steps, sliding && stride == 0 ? 1 : stride);
    return new LanguageLearning(rows, unrolling, mean, initRange, training);
  }
}
