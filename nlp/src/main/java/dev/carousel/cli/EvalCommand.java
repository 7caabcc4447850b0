package dev.carousel.cli;

import dev.carousel.data.DataSet;
import dev.carousel.spi.Backend;
import dev.carousel.task.Evaluation;
import dev.carousel.task.TextClassifier;
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
    header = "Measure a model on a labelled file.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  carousel eval model --data test.tsv --json"})
final class EvalCommand implements Callable<Integer> {
  private static final int SHOWN_CLASSES = 12;

  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "A model that 'carousel train' saved.")
  private Path model;

  @Option(names = "--data", required = true, paramLabel = "FILE", description = "Labelled texts.")
  private Path data = Path.of("");

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin private DataFlags format;
  @Mixin private BackendFlags backends;

  EvalCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    DataSet texts = Usage.of(spec, format::files).read(data, console);
    try (Backend backend = backends.open();
        TextClassifier classifier = backends.load(model, backend)) {
      Evaluation evaluation = classifier.evaluate(texts);
      if (json) {
        Map<String, Object> figures = new LinkedHashMap<>(Figures.of(evaluation));
        figures.put("tokensPerSecond", evaluation.tokensPerSecond());
        figures.put("backend", backend.name());
        figures.put("seconds", evaluation.seconds());
        console.json(figures);
      } else {
        print(evaluation);
      }
      return 0;
    }
  }

  private void print(Evaluation evaluation) {
    if (evaluation.confusion() != null) {
      console.out().println(evaluation.confusion().render(SHOWN_CLASSES));
    }
    console.out().println(Figures.line(evaluation));
    console.out().flush();
  }
}
