package dev.carousel.cli;

import dev.carousel.embed.VectorReader;
import dev.carousel.embed.WordVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags: the vectors that words begin with. */
final class VectorFlags {
  @Option(
      names = "--vectors",
      paramLabel = "FILE",
      description = {
        "Begin with pretrained word vectors: GloVe, word2vec text or binary, fastText .vec, or the",
        "folder of 'train embed' or of another model; as many features as --embedding says."
      })
  private @Nullable Path vectors;

  @Option(
      names = "--freeze-vectors",
      description = {
        "Leave the pretrained vectors as they are, and the features of words without one, too."
      })
  private boolean freeze;

  /** What words give the vectors that are wanted; they are asked for only if there are vectors. */
  @FunctionalInterface
  interface Wanted {
    /** The words. */
    List<String> words();
  }

  boolean freeze() {
    return freeze;
  }

  void check() {
    if (freeze && vectors == null) {
      throw new IllegalArgumentException("--freeze-vectors needs --vectors");
    }
  }

  /**
   * Reads them, and says how many words they have.
   *
   * @param size features that they must have
   * @return null without {@code --vectors}
   */
  @Nullable WordVectors read(Wanted wanted, int size, Console console) throws IOException {
    if (vectors == null) {
      return null;
    }
    WordVectors read = VectorReader.read(vectors, wanted.words());
    console.progress(vectors + ": " + read.report().describe().stripTrailing());
    if (read.size() != size) {
      throw new IllegalArgumentException(
          "%s has vectors of %d features, the network's words have %d: give --embedding %d"
              .formatted(vectors, read.size(), size, read.size()));
    }
    return read;
  }
}
