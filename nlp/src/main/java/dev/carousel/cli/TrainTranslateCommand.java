package dev.carousel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code carousel train translate}: a translator from pairs of texts. */
@Command(
    name = "translate",
    header = "Train a translator on pairs of texts.",
    description = {
      "Learns from --train (or --source and --target), keeps the epoch whose greedy translations",
      "of --dev have the best chrF, and measures it on --test with a beam.",
      "Checkpoints, a log and its curves go to DIR.run, the finished model to DIR.",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  carousel train translate --source train.en --target train.de \\",
      "    --dev-source val.en --dev-target val.de --out model",
    })
final class TrainTranslateCommand extends TrainVerb {
  @Mixin private TranslatorPlan plan;

  TrainTranslateCommand(Console console) {
    super(console);
  }

  @Override
  TrainingPlan plan() {
    return plan;
  }
}
