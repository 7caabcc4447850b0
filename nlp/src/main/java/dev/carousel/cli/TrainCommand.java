package dev.carousel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code carousel train}: what can be trained. */
@Command(
    name = "train",
    header = "Train a model on files.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "TASK",
    commandListHeading = "%nTasks:%n",
    footer = {
      "",
      "Example:",
      "  carousel train classify --train train.tsv --out model",
    },
    subcommands = {
      TrainClassifyCommand.class,
      TrainTagCommand.class,
      TrainLmCommand.class,
      TrainTranslateCommand.class,
      TrainChatCommand.class,
      TrainEmbedCommand.class,
    })
final class TrainCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a task is missing: classify, tag, lm, translate, chat or embed");
  }
}
