package dev.carousel.inspect;

import dev.carousel.autograd.Init;
import dev.carousel.autograd.RnnInit;
import dev.carousel.nn.RecurrentSettings;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.RnnSpec;

/**
 * An untrained network whose gradients are to be followed back in time. W starts Xavier-uniform, U
 * as a multiple of an orthogonal matrix gate by gate, biases at 0 but for the forget gate's.
 *
 * @param cell the recurrence
 * @param forgetBias what an LSTM's forget gate starts with; 0 for other cells, which have none
 * @param radius what U's orthogonal matrices are multiplied by, above 0: all of their singular
 *     values, and so their spectral radius
 */
public record FlowNetwork(Cell cell, double forgetBias, double radius) {
  /** Checks the ranges. */
  public FlowNetwork {
    if (!(radius > 0) || Double.isInfinite(radius)) {
      throw new IllegalArgumentException("the spectral radius must be above 0, not " + radius);
    }
    if (!Double.isFinite(forgetBias)) {
      throw new IllegalArgumentException("the forget bias must be a number, not " + forgetBias);
    }
    if (forgetBias != 0 && cell != Cell.LSTM) {
      throw new IllegalArgumentException(cell + " has no forget gate whose bias could be set");
    }
  }

  /** For example {@code LSTM, forget bias 1} or {@code RNN_TANH, radius 1.5}. */
  @Override
  public String toString() {
    String bias = cell == Cell.LSTM ? ", forget bias " + number(forgetBias) : "";
    return cell + bias + (radius == 1 ? "" : ", radius " + number(radius));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  RecurrentSettings settings(int hidden, int layers) {
    Init recurrent = Init.orthogonal().times(radius);
    RnnInit init = new RnnInit(Init.xavier(), recurrent, Init.constant(0), forgetBias);
    return RecurrentSettings.of(RnnSpec.of(cell, hidden, hidden).withLayers(layers)).withInit(init);
  }
}
