package dev.carousel.task;

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
 */
public record Architecture(
    int embedding, Cell cell, Direction direction, int layers, int hidden, TextPooling pooling) {

  /** A bidirectional LSTM of 200 units each way over 300 features a token, pooled by maximum. */
  public static final Architecture DEFAULT =
      new Architecture(300, Cell.LSTM, Direction.BIDIRECTIONAL, 1, 200, TextPooling.MAX);

  /** Checks the ranges. */
  public Architecture {
    requireAtLeastOne("embedding", embedding);
    requireAtLeastOne("layers", layers);
    requireAtLeastOne("hidden", hidden);
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
