package dev.carousel.cli;

import dev.carousel.spi.Backend;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carousel predict}: a model's answers to lines of text. */
@Command(
    name = "predict",
    header = "Answer lines of text, in their order.",
    description = {
      "Classifiers print the label, a tab and the text; taggers a token and its tag a line, an",
      "empty line after each sentence, and '# intent = NAME' before it if they know intents;",
      "language models how perplexed they are by the line, a tab and the line.",
      "Lines are answered in batches where many are waiting, and at once where the next one is",
      "not there yet, so it works in a pipe and by hand."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  carousel predict model questions.txt --top 3 --json",
    })
final class PredictCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "A model that 'carousel train' saved.")
  private Path model;

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      defaultValue = "-",
      description = {
        "UTF-8 text, one a line, or CoNLL with --columns; - is standard input",
        "(default: ${DEFAULT-VALUE})."
      })
  private String file;

  @Mixin private PredictFlags flags;
  @Mixin private BackendFlags backends;

  PredictCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    PredictFlags checked = Usage.of(spec, flags::checked);
    ModelKind kind = ModelKinds.of(model);
    ModelKinds.requireHeeded(kind, spec);
    try (Backend backend = backends.open();
        LoadedModel loaded = kind.load(model, backend, backends.asked());
        InputStream lines = open()) {
      loaded.predict(lines, checked, console);
      return 0;
    }
  }

  private InputStream open() throws IOException {
    return file.equals("-") ? console.in() : Files.newInputStream(Path.of(file));
  }
}
