package dev.carousel.cli;

import dev.carousel.spi.Backend;
import dev.carousel.task.Labelling;
import dev.carousel.task.Prediction;
import dev.carousel.task.TextClassifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carousel predict}: labels for lines of text. */
@Command(
    name = "predict",
    header = "Label lines of text, one answer a line, in their order.",
    description = {
      "Prints the label, a tab and the text. Lines are answered in batches where many are",
      "waiting, and at once where the next one is not there yet, so it works in a pipe and by hand."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  carousel predict model questions.txt --top 3 --json",
    })
final class PredictCommand implements Callable<Integer> {
  private static final int MAX_WAITING = 512;

  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "A model that 'carousel train' saved.")
  private Path model;

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      defaultValue = "-",
      description = "UTF-8 text, one a line; - is standard input (default: ${DEFAULT-VALUE}).")
  private String file;

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "Print the K best labels with their probabilities (default: 1, --json all).")
  private @Nullable Integer top;

  @Option(
      names = "--json",
      description =
          "Print a JSON object a line: text, label, scores, and labels if there may be several.")
  private boolean json;

  @Mixin private BackendFlags backends;

  PredictCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (top != null && top < 1) {
      throw new ParameterException(spec.commandLine(), "--top must be at least 1, not " + top);
    }
    try (Backend backend = backends.open();
        TextClassifier classifier = backends.load(model, backend);
        BufferedReader lines = open()) {
      List<String> waiting = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        waiting.add(line);
        if (waiting.size() == MAX_WAITING || !lines.ready()) {
          answer(classifier, waiting);
          waiting.clear();
        }
      }
      answer(classifier, waiting);
      return 0;
    }
  }

  private BufferedReader open() throws IOException {
    InputStream bytes = file.equals("-") ? console.in() : Files.newInputStream(Path.of(file));
    return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
  }

  private void answer(TextClassifier classifier, List<String> texts) {
    List<Prediction> answers = classifier.predict(texts);
    for (int i = 0; i < texts.size(); i++) {
      if (json) {
        console
            .out()
            .println(JsonLine.of(fields(texts.get(i), answers.get(i), classifier.labelling())));
      } else {
        console.out().println(line(texts.get(i), answers.get(i), classifier.labelling()));
      }
    }
    console.out().flush();
  }

  private Map<String, Object> fields(String text, Prediction answer, Labelling labelling) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("text", text);
    fields.put("label", answer.label());
    if (labelling == Labelling.MULTI) {
      fields.put("labels", answer.labels());
    }
    fields.put("scores", top == null ? answer.scores() : answer.top(top));
    return fields;
  }

  private String line(String text, Prediction answer, Labelling labelling) {
    if (top != null) {
      return answer.top(top).entrySet().stream()
              .map(e -> String.format(Locale.ROOT, "%s %.4f", e.getKey(), e.getValue()))
              .collect(Collectors.joining("\t"))
          + "\t"
          + text;
    }
    String labels =
        labelling == Labelling.MULTI ? String.join(" ", answer.labels()) : answer.label();
    return labels + "\t" + text;
  }
}
