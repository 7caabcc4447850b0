package dev.carousel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code carousel train lm}: a language model from running text. */
@Command(
    name = "lm",
    header = "Train a language model on running text.",
    description = {
      "Learns to predict the next word, character or subword of --train, keeps the epoch that",
      "does best on --dev, and measures it on --test: perplexity and bits per character.",
      "Checkpoints, a log and its curves go to DIR.run, the finished model to DIR;",
      "'carousel generate DIR' lets it write.",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  carousel train lm --level char --train input.txt --test-part 0.1 --out model",
    })
final class TrainLmCommand extends TrainVerb {
  @Mixin private LanguagePlan plan;

  TrainLmCommand(Console console) {
    super(console);
  }

  @Override
  TrainingPlan plan() {
    return plan;
  }
}
