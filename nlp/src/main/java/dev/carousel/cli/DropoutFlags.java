package dev.carousel.cli;

import dev.carousel.task.Regularisation;
import picocli.CommandLine.Option;

/** Flags: what is dropped while a network trains. */
final class DropoutFlags {
  @Option(
      names = "--dropout",
      paramLabel = "P",
      description = "Of embedded tokens, between layers, of features (default: ${DEFAULT-VALUE}).")
  private double dropout;

  @Option(
      names = "--locked-dropout",
      paramLabel = "P",
      description = "The same units at every step of a text (default: ${DEFAULT-VALUE}).")
  private double lockedDropout;

  @Option(
      names = "--embedding-dropout",
      paramLabel = "P",
      description = "Of whole words of the vocabulary (default: ${DEFAULT-VALUE}).")
  private double embeddingDropout;

  @Option(
      names = "--word-dropout",
      paramLabel = "P",
      description = "Of single tokens, which become unknown (default: ${DEFAULT-VALUE}).")
  private double wordDropout;

  /** With a task's defaults. */
  DropoutFlags(Regularisation defaults) {
    dropout = defaults.dropout();
    lockedDropout = defaults.locked();
    embeddingDropout = defaults.embedding();
    wordDropout = defaults.word();
  }

  Regularisation regularisation() {
    return new Regularisation(dropout, lockedDropout, embeddingDropout, wordDropout);
  }
}
