package dev.carousel.cli;

import dev.carousel.data.DataSet;
import dev.carousel.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags of {@code train classify}: the labelled files. */
final class TextSetFlags {
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
      names = "--no-dev",
      description = {
        "Hold nothing out: learn from all of --train and keep the last epoch. For when earlier",
        "trainings have shown how many epochs it takes."
      })
  private boolean noDev;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "Labelled texts to measure the model on.")
  private @Nullable Path test;

  @Mixin private DataFlags data;

  /** Whether the last epoch is kept. */
  boolean noDev() {
    return noDev;
  }

  /**
   * Checks the flags.
   *
   * @throws IllegalArgumentException naming the flag that is wrong
   */
  void check() {
    if (noDev && dev != null) {
      throw new IllegalArgumentException(
          "--dev selects the best epoch, --no-dev keeps the last one: give one of them");
    }
    data.files();
  }

  /**
   * Reads the files.
   *
   * @param seed of the tenth that is held out where there is neither {@code --dev} nor {@code
   *     --no-dev}
   * @throws dev.carousel.data.DataException if a file cannot be understood, naming the line
   */
  TextSets read(long seed, Console console) throws IOException {
    DataFiles files = data.files();
    DataSet all = files.read(train, console);
    DataSet selecting = dev == null ? null : files.read(dev, console);
    DataSet measured = test == null ? null : files.read(test, console);
    return noDev || selecting != null
        ? new TextSets(all, selecting, measured)
        : TextSets.of(Split.tenth(all, seed), measured);
  }
}
