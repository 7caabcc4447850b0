package dev.carousel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code carousel}: the verbs. */
@Command(
    name = "carousel",
    header = "LSTM and GRU networks on real text.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Example:",
      "  carousel demo",
      "",
      "'carousel VERB --help' explains a verb. Exit codes: 0 done, 1 failed, 2 not understood."
    },
    subcommands = {
      DemoCommand.class,
      TrainCommand.class,
      TuneCommand.class,
      UpdateCommand.class,
      RecipeCommand.class,
      EvalCommand.class,
      PredictCommand.class,
      GenerateCommand.class,
      TranslateCommand.class,
      ChatCommand.class,
      InspectCommand.class,
      GradientsCommand.class,
      SimilarCommand.class,
      BenchCommand.class,
      DoctorCommand.class,
      CompareCommand.class,
    })
final class CarouselCommand implements Program.Root {
  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure.")
  private boolean verbose;

  @Override
  public boolean verbose() {
    return verbose || System.getenv("CAROUSEL_DEBUG") != null;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a verb is missing");
  }
}
