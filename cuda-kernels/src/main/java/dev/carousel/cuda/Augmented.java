package dev.carousel.cuda;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.RnnSpec;

/**
 * How a network that knows no lengths carries its state through padding. Its input gets a column
 * that is 1 on padded steps, whose weights shut an LSTM's input gate and open its forget gate, so
 * that c stays what it was at the row's last step to the last bit, forwards and backwards; a
 * rectifier they shut, so that it cannot run away. Other cells stay bounded and have no c, and need
 * no such column. Columns are filled up to a multiple of 8, which tensor cores like.
 */
final class Augmented {
  /** Far beyond where a sigmoid is exactly 0 or 1, and exact in every arithmetic. */
  static final float SATURATED = 16384;

  private static final int MULTIPLE = 8;

  private Augmented() {}

  /** Whether networks of this kind get the column. */
  static boolean is(RnnSpec spec) {
    return spec.cell() == Cell.LSTM || spec.cell() == Cell.RNN_RELU;
  }

  /** Columns of the input, the new one and the filling included. */
  static int columns(RnnSpec spec) {
    int columns = spec.inputSize();
    return is(spec) ? (columns + MULTIPLE) / MULTIPLE * MULTIPLE : columns;
  }

  /** Which column is 1 on padded steps, −1 for none. */
  static int flag(RnnSpec spec) {
    return is(spec) ? spec.inputSize() : -1;
  }

  /** The weight of that column in the rows of a gate. */
  static float weight(RnnSpec spec, int gate) {
    if (spec.cell() == Cell.LSTM) {
      return gate == 0 ? -SATURATED : gate == 1 ? SATURATED : 0;
    }
    return -SATURATED;
  }

  /** One direction of one layer of a network as cuDNN sees it: alone, with the augmented input. */
  static RnnSpec lane(RnnSpec spec, int layer) {
    RnnSpec one = spec.layer(layer).withDirection(Direction.FORWARD);
    return new RnnSpec(
        one.cell(),
        columns(one),
        one.hiddenSize(),
        1,
        one.direction(),
        one.projectionSize(),
        one.precision());
  }
}
