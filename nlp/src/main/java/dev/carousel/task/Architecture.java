package dev.carousel.task;

import dev.carousel.nn.CellVariant;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;

/**
 * The shape of a text classifier's network.
 *
 * @param embedding features of a token, E, at least 1
 * @param cell the recurrence
 * @param direction one or both ways
 * @param layers L, at least 1
 * @param hidden units H of a layer and direction, at least 1
 * @param pooling how the steps become one vector
 * @param attentionHeads heads of a self-attention layer between the recurrence and the pooling; 0
 *     for none
 * @param cells what the recurrence does beside the plain cells
 */
public record Architecture(
    int embedding,
    Cell cell,
    Direction direction,
    int layers,
    int hidden,
    TextPooling pooling,
    int attentionHeads,
    CellVariant cells) {

  /** A bidirectional LSTM of 200 units each way over 300 features a token, pooled by maximum. */
  public static final Architecture DEFAULT =
      new Architecture(300, Cell.LSTM, Direction.BIDIRECTIONAL, 1, 200, TextPooling.MAX);

  /** Checks the ranges. */
  public Architecture {
    requireAtLeastOne("embedding", embedding);
    requireAtLeastOne("layers", layers);
    requireAtLeastOne("hidden", hidden);
    if (attentionHeads < 0) {
      throw new IllegalArgumentException(
          "self-attention heads must be 0 or more, not " + attentionHeads);
    }
    cells.requireFits(cell);
  }

  /** Without self-attention, of plain cells. */
  public Architecture(
      int embedding, Cell cell, Direction direction, int layers, int hidden, TextPooling pooling) {
    this(embedding, cell, direction, layers, hidden, pooling, 0, CellVariant.PLAIN);
  }

  /** The same with so many heads of self-attention; 0 for none. */
  public Architecture withAttentionHeads(int heads) {
    return new Architecture(embedding, cell, direction, layers, hidden, pooling, heads, cells);
  }

  /** The same of such cells. */
  public Architecture withCells(CellVariant other) {
    return new Architecture(
        embedding, cell, direction, layers, hidden, pooling, attentionHeads, other);
  }

  private static void requireAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
  }

  /** The recurrent part in this arithmetic. */
  RnnSpec rnn(Precision precision) {
    return RnnSpec.of(cell, embedding, hidden)
        .withLayers(layers)
        .withDirection(direction)
        .withPrecision(precision);
  }
}
