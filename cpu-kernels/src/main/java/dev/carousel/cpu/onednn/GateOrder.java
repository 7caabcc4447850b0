package dev.carousel.cpu.onednn;

import dev.carousel.rnn.Cell;

/** Where oneDNN wants a gate: the LSTM's order is our own, the GRUs' is update before reset. */
final class GateOrder {
  private GateOrder() {}

  /** oneDNN's position of the gate that is our {@code gate}-th. */
  static int position(Cell cell, int gate) {
    return switch (cell) {
      case GRU, GRU_RESET_BEFORE -> gate == 2 ? 2 : 1 - gate;
      case LSTM, RNN_TANH, RNN_RELU -> gate;
    };
  }

  /**
   * Whether the two biases of a gate can be added up. Not in the reset-after GRU's candidate, where
   * the reset gate multiplies one of them.
   */
  static boolean mergesBiases(Cell cell, int gate) {
    return cell != Cell.GRU || gate != 2;
  }
}
