package dev.carousel.cli;

import dev.carousel.data.DataSet;
import dev.carousel.data.Split;
import dev.carousel.spi.Backend;
import dev.carousel.task.ClassifierSettings;
import dev.carousel.task.ClassifierTrainer.Start;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code carousel train classify}: a text classifier from labelled files. */
@Command(
    name = "classify",
    header = "Train a text classifier on labelled files.",
    description = {
      "Learns from --train, keeps the epoch that does best on --dev, and measures it on --test.",
      "Without --dev a seeded tenth of --train is held out for it; the test never selects.",
      "Checkpoints, a log and its curves go to DIR.run, the finished model to DIR.",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  carousel train classify --train train.tsv --test test.tsv --out model --bidirectional",
    })
final class TrainClassifyCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = "--train",
      required = true,
      paramLabel = "FILE",
      description = "Labelled texts to learn from.")
  private Path train = Path.of("");

  @Option(
      names = "--dev",
      paramLabel = "FILE",
      description = "Labelled texts that select the best epoch.")
  private @Nullable Path dev;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "Labelled texts to measure the model on.")
  private @Nullable Path test;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the model goes: a new or empty folder, or one with a model in it.")
  private Path out = Path.of("");

  @Option(
      names = "--resume",
      description = "Go on from the last checkpoint in DIR.run, with the same flags as before.")
  private boolean resume;

  @Option(names = "--json", description = "Print one JSON object at the end.")
  private boolean json;

  @Mixin private DataFlags data;
  @Mixin private SettingsFlags settings;
  @Mixin private BackendFlags backends;

  TrainClassifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Usage.of(spec, () -> settings.settings(backends.precision()));
    DataFiles files = Usage.of(spec, data::files);
    RunFolder folder = Usage.of(spec, () -> RunFolder.of(out));
    DataSet all = files.read(train, console);
    Split split =
        dev == null ? Split.tenth(all, settings.seed()) : new Split(all, files.read(dev, console));
    DataSet measured = test == null ? null : files.read(test, console);
    ClassifierSettings chosen = settings.settings(backends.precision(), split.train());
    try (Backend backend = backends.open()) {
      ClassifierRun run = new ClassifierRun(console, chosen, backend);
      Start start = resume ? Start.RESUME : Start.FRESH;
      return run.train(split, measured, folder, start).print(console, json);
    }
  }
}
