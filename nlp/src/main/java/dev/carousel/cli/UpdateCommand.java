package dev.carousel.cli;

import dev.carousel.spi.Backend;
import dev.carousel.store.ModelDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carousel update}: a model that learns from corrections. */
@Command(
    name = "update",
    header = "Let a classifier or a tagger learn from corrections, without forgetting.",
    description = {
      "Goes on training DIR's model on --data. Three things keep what it knew: --replay mixes older",
      "examples in, --hold pulls the parameters back to what they were, and --guard refuses an",
      "update after which the model does worse on examples that it did not learn from; DIR is then",
      "left as it was, and the exit code is 1. Words that the model does not know are read as",
      "unknown; labels that it does not know are refused.",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  carousel update model --data corrections.tsv --replay train.tsv --guard 0.005",
    })
final class UpdateCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "A model that 'carousel train' saved.")
  private Path model;

  @Mixin private UpdateFlags flags;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the updated model goes (default: in place of the old one).")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin private BackendFlags backends;

  UpdateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Usage.of(spec, flags::checked);
    ModelKind kind = ModelKinds.of(model);
    Updating.Opener opener = kind.updates().orElseThrow(() -> unable(kind));
    ModelKinds.requireHeeded(kind, spec);
    Path target = out == null ? model : out;
    ModelDirectory.requireReplaceable(target);
    try (Backend backend = backends.open();
        Updating<?, ?> updating = opener.open(model, backend, backends.asked())) {
      return UpdateRun.of(updating, flags, console).run(target, json);
    }
  }

  private ParameterException unable(ModelKind kind) {
    return new ParameterException(
        spec.commandLine(),
        "models of the task '%s' do not learn from corrections; those of classify and tag do, and"
                .formatted(kind.task())
            + " 'carousel train lm --from DIR' goes on with a language model");
  }
}
