package dev.carousel.cli;

import dev.carousel.eval.Measurement;
import dev.carousel.spi.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carousel eval}: how well a model does on a file. */
@Command(
    name = "eval",
    header = "Measure a model on a file, as its task measures.",
    description = "Of dialogues --format is tsv, jsonl or yaml.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  carousel eval model --data test.tsv --json"})
final class EvalCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "A model that 'carousel train' saved.")
  private Path model;

  @Mixin private EvalFlags flags;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin private BackendFlags backends;

  EvalCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    flags.requireData();
    ModelKind kind = ModelKinds.of(model);
    ModelKinds.requireHeeded(kind, spec);
    Usage.of(spec, () -> flags.checked(kind));
    try (Backend backend = backends.open();
        LoadedModel loaded = kind.load(model, backend, backends.asked())) {
      Measurement measured = loaded.evaluate(flags, console);
      if (json) {
        Map<String, Object> figures = new LinkedHashMap<>(measured.figures());
        figures.putAll(measured.notes());
        figures.put("tokensPerSecond", measured.tokensPerSecond());
        figures.put("backend", backend.name());
        figures.put("seconds", measured.seconds());
        console.json(figures);
      } else {
        loaded.table(measured).ifPresent(console.out()::println);
        console.out().println(measured.summary());
        console.out().flush();
      }
      return 0;
    }
  }
}
