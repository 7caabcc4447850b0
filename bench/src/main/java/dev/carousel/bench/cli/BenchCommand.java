package dev.carousel.bench.cli;

import dev.carousel.cli.Program;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code carousel bench}: what can be measured. */
@Command(
    name = "carousel bench",
    header = "Measure Carousel beside other libraries and against the machine's limits.",
    description = {
      "Each library runs in a process of its own, on the same weights and inputs. What it computes",
      "is compared with a double-precision reference before it is timed. Maven fetches a library",
      "when it is measured for the first time (some 600 MB for all).",
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    commandListHeading = "%nWhat:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Example:",
      "  carousel bench rnn --quick",
      "",
      "Exit codes: 0 done, 1 failed, 2 not understood."
    },
    subcommands = {RnnCommand.class, CeilingCommand.class})
final class BenchCommand implements Program.Root {
  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure.")
  private boolean verbose;

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: rnn or ceiling");
  }
}
