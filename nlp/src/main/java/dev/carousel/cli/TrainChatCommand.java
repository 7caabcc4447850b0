package dev.carousel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code carousel train chat}: a chatbot from dialogues. */
@Command(
    name = "chat",
    header = "Train a chatbot on dialogues.",
    description = {
      "Learns to answer each turn of --train from the turns before it, and keeps the epoch whose",
      "answers to --dev have the best chrF. The answers of --train can also be looked up later.",
      "Checkpoints, a log and its curves go to DIR.run, the finished bot to DIR.",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  carousel train chat --train dialogues.jsonl --out bot",
    })
final class TrainChatCommand extends TrainVerb {
  @Mixin private ChatPlan plan;

  TrainChatCommand(Console console) {
    super(console);
  }

  @Override
  TrainingPlan plan() {
    return plan;
  }
}
