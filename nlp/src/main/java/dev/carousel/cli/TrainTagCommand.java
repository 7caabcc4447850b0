package dev.carousel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code carousel train tag}: a sequence tagger from tagged files. */
@Command(
    name = "tag",
    header = "Train a sequence tagger on tagged files: entities, parts of speech, chunks, slots.",
    description = {
      "Learns from --train, keeps the epoch that does best on --dev, and measures it on --test:",
      "F1 of spans by the rule of conlleval, or accuracy if tags are no spans.",
      "Without --dev a seeded tenth of --train is held out for it; the test never selects.",
      "Checkpoints, a log and its curves go to DIR.run, the finished model to DIR.",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  carousel train tag --train train.txt --test test.txt --columns token,pos,tag --out model",
    })
final class TrainTagCommand extends TrainVerb {
  @Mixin private TaggerPlan plan;

  TrainTagCommand(Console console) {
    super(console);
  }

  @Override
  TrainingPlan plan() {
    return plan;
  }
}
