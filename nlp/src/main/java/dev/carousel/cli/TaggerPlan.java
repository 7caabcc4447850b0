package dev.carousel.cli;

import dev.carousel.data.Columns;
import dev.carousel.data.TaggedData;
import dev.carousel.data.TaggedSplit;
import dev.carousel.embed.WordVectors;
import dev.carousel.rnn.Precision;
import dev.carousel.tag.TaggerArchitecture.WordTable;
import dev.carousel.tag.TaggerSettings;
import dev.carousel.tag.TaggerTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags of {@code train tag}: tagged files, and how a tagger learns from them. */
final class TaggerPlan implements TrainingPlan {
  @Option(
      names = "--train",
      required = true,
      paramLabel = "FILE",
      description = {
        "Tagged sentences to learn from: a CoNLL file, or a folder with seq.in, seq.out and label."
      })
  private Path train = Path.of("");

  @Option(
      names = "--dev",
      paramLabel = "FILE",
      description = "Tagged sentences that select the best epoch.")
  private @Nullable Path dev;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "Tagged sentences to measure the model on.")
  private @Nullable Path test;

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      description = {
        "The CoNLL file's columns: token once, the tag's last, _ for one that is not read, any",
        "other name for a feature with an embedding of its own (default: token,tag)."
      })
  private @Nullable String columns;

  @Mixin private BadRowsFlag badRows;
  @Mixin private VectorFlags vectors;
  @Mixin private ContextualFlags contextual;
  @Mixin private TaggerFlags flags;

  @Override
  public long seed() {
    return flags.seed();
  }

  @Override
  public void check(Precision precision) throws IOException {
    settings(precision);
    flags.checkFeatures(columns().featureNames());
    if (columns != null && onlyFolders()) {
      throw new IllegalArgumentException(
          "--columns is for CoNLL files, and all data are folders: leave it out");
    }
    vectors.check();
    contextual.check();
  }

  private boolean onlyFolders() {
    for (Path data : new @Nullable Path[] {train, dev, test}) {
      if (data != null && !Files.isDirectory(data)) {
        return false;
      }
    }
    return true;
  }

  private Columns columns() {
    return columns == null ? Columns.DEFAULT : Columns.parse(columns);
  }

  private TaggerSettings settings(Precision precision) throws IOException {
    return flags.settings(precision, vectors.freeze() ? WordTable.FROZEN : WordTable.TUNED);
  }

  @Override
  public TaggerTraining training(long seed, Precision precision, Console console)
      throws IOException {
    TaggedFiles files = new TaggedFiles(columns(), badRows.options());
    TaggedData all = files.read(train, console);
    TaggedSplit split =
        dev == null ? all.tenth(seed) : new TaggedSplit(all, files.read(dev, console));
    flags.checkIntents(split.train());
    TaggedData measured = test == null ? null : files.read(test, console);
    TaggerSettings settings = settings(precision).withSeed(seed);
    WordVectors pretrained =
        vectors.read(
            () -> TaggerTrainer.words(settings, split.train()),
            settings.architecture().embedding(),
            console);
    return new TaggerTraining(split, measured, settings, pretrained, contextual.models());
  }
}
