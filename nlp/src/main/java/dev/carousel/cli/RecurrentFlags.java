package dev.carousel.cli;

import dev.carousel.nn.CellVariant;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags: the recurrent network, from the features of a token to those of a step. */
final class RecurrentFlags {
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
      description =
          "Read both ways, or with --no-bidirectional forwards only (default: ${DEFAULT-VALUE}).")
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
  private int hidden;

  @Option(
      names = "--embedding",
      paramLabel = "N",
      description = "Features of a token (default: ${DEFAULT-VALUE}).")
  private int embedding;

  @Mixin private CellFlags variant;

  /**
   * With a task's defaults.
   *
   * @param direction one or both ways
   * @param embedding features of a token
   * @param hidden units of a layer and direction
   */
  RecurrentFlags(Direction direction, int embedding, int hidden) {
    this.bidirectional = direction == Direction.BIDIRECTIONAL;
    this.embedding = embedding;
    this.hidden = hidden;
  }

  Cell cell() {
    return cell;
  }

  CellVariant variant() {
    return variant.variant(cell);
  }

  Direction direction() {
    return bidirectional ? Direction.BIDIRECTIONAL : Direction.FORWARD;
  }

  int layers() {
    return layers;
  }

  int hidden() {
    return hidden;
  }

  int embedding() {
    return embedding;
  }
}
