package dev.carousel.cli;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.task.Architecture;
import dev.carousel.task.Regularisation;
import dev.carousel.task.TextPooling;
import picocli.CommandLine.Option;

/** Flags: the network, and what is dropped while it trains. */
final class ModelFlags {
  @Option(
      names = "--cell",
      paramLabel = "CELL",
      converter = CellConverter.class,
      description = "lstm, gru, gru-reset-before, rnn or rnn-relu (default: lstm).")
  private Cell cell = Cell.LSTM;

  @Option(
      names = "--bidirectional",
      negatable = true,
      fallbackValue = "true",
      description = "Read both ways, or with --no-bidirectional forwards only (default: forwards).")
  private boolean bidirectional;

  @Option(
      names = "--layers",
      paramLabel = "N",
      description = "Recurrent layers (default: ${DEFAULT-VALUE}).")
  private int layers = 1;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      description = "Units of a layer and direction (default: ${DEFAULT-VALUE}).")
  private int hidden = Architecture.DEFAULT.hidden();

  @Option(
      names = "--embedding",
      paramLabel = "N",
      description = "Features of a token (default: ${DEFAULT-VALUE}).")
  private int embedding = Architecture.DEFAULT.embedding();

  @Option(
      names = "--pooling",
      paramLabel = "HOW",
      description = "last, mean, max or attention: steps to one vector (default: max).")
  private TextPooling pooling = TextPooling.MAX;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description = "Of embedded tokens, between layers, of features (default: ${DEFAULT-VALUE}).")
  private double dropout = Regularisation.DEFAULT.dropout();

  @Option(
      names = "--locked-dropout",
      paramLabel = "P",
      description = "The same units at every step of a text (default: ${DEFAULT-VALUE}).")
  private double lockedDropout = Regularisation.DEFAULT.locked();

  @Option(
      names = "--embedding-dropout",
      paramLabel = "P",
      description = "Of whole words of the vocabulary (default: ${DEFAULT-VALUE}).")
  private double embeddingDropout = Regularisation.DEFAULT.embedding();

  @Option(
      names = "--word-dropout",
      paramLabel = "P",
      description = "Of single tokens, which become unknown (default: ${DEFAULT-VALUE}).")
  private double wordDropout = Regularisation.DEFAULT.word();

  Architecture architecture() {
    return new Architecture(
        embedding,
        cell,
        bidirectional ? Direction.BIDIRECTIONAL : Direction.FORWARD,
        layers,
        hidden,
        pooling);
  }

  Regularisation regularisation() {
    return new Regularisation(dropout, lockedDropout, embeddingDropout, wordDropout);
  }
}
