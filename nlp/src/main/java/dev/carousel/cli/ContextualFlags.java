package dev.carousel.cli;

import dev.carousel.data.SourceFile;
import dev.carousel.lm.LanguageModel;
import dev.carousel.spi.Backend;
import dev.carousel.store.ModelDirectory;
import dev.carousel.store.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags: character models whose states are features of words. */
final class ContextualFlags {
  private static final long MEBI = 1L << 20;
  private static final long DEFAULT_SHARE = 4;

  @Option(
      names = "--contextual",
      paramLabel = "DIR",
      split = ",",
      description = {
        "Models of 'train lm --level char', say a forward and a backward one, with a comma between",
        "them: their states at the ends of words are features. They stay as they are and are copied",
        "into the tagger."
      })
  private List<Path> folders = List.of();

  @Option(
      names = "--contextual-cache",
      paramLabel = "MIB",
      description = {
        "Memory for the states of the training and development sentences; those that do not fit are",
        "read in each epoch (default: a quarter of the heap)."
      })
  private @Nullable Long cache;

  void check() {
    if (cache == null) {
      return;
    }
    if (folders.isEmpty()) {
      throw new IllegalArgumentException(
          "--contextual-cache is for the states of character models: give them with --contextual");
    }
    if (cache < 0 || cache > Long.MAX_VALUE / MEBI) {
      throw new IllegalArgumentException("--contextual-cache must be 0 or more, not " + cache);
    }
  }

  /** Checks the folders and their checksums. */
  Models models() throws IOException {
    List<SourceFile> files = new ArrayList<>();
    for (Path folder : folders) {
      ModelDirectory.open(folder).requireTask(LanguageModel.TASK);
      Path weights = folder.resolve("model.safetensors");
      files.add(
          new SourceFile(
              folder.getFileName() + "/model.safetensors",
              Files.size(weights),
              Sha256.of(weights)));
    }
    return new Models(folders, files, bytes());
  }

  private long bytes() {
    return cache == null ? Runtime.getRuntime().maxMemory() / DEFAULT_SHARE : cache * MEBI;
  }

  /**
   * Models that a training reads.
   *
   * @param folders where they are
   * @param files their weights
   * @param cacheBytes memory for their states
   */
  record Models(List<Path> folders, List<SourceFile> files, long cacheBytes) {
    /** Loads them; the caller closes them. */
    List<LanguageModel> load(Backend backend) {
      List<LanguageModel> models = new ArrayList<>();
      try {
        folders.forEach(folder -> models.add(LanguageModel.load(folder, backend)));
        return models;
      } catch (RuntimeException | Error e) {
        models.forEach(LanguageModel::close);
        throw e;
      }
    }
  }
}
