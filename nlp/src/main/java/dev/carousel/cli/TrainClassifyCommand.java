package dev.carousel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code carousel train classify}: a text classifier from labelled files. */
@Command(
    name = "classify",
    header = "Train a text classifier on labelled files.",
    description = {
      "Learns from --train, keeps the epoch that does best on --dev, and measures it on --test.",
      "Without --dev a seeded tenth of --train is held out for it; the test never selects.",
      "Checkpoints, a log and its curves go to DIR.run, the finished model to DIR.",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  carousel train classify --train train.tsv --test test.tsv --out model --bidirectional",
    })
final class TrainClassifyCommand extends TrainVerb {
  @Mixin private ClassifierPlan plan;

  TrainClassifyCommand(Console console) {
    super(console);
  }

  @Override
  TrainingPlan plan() {
    return plan;
  }
}
