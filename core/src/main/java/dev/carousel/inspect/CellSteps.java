package dev.carousel.inspect;

import dev.carousel.rnn.Cell;

/**
 * One step of one cell and its derivative, in double, by the equations of {@link Cell}. A step's
 * values are [gates][units], in the order of {@link Gate#of}.
 */
interface CellSteps {
  /** The cell's. */
  static CellSteps of(Cell cell, LaneWeights weights) {
    return switch (cell) {
      case LSTM -> new LstmSteps(weights);
      case GRU -> new GruSteps(weights);
      case GRU_RESET_BEFORE -> new ResetBeforeGruSteps(weights);
      case RNN_TANH, RNN_RELU -> new ElmanSteps(weights, cell);
    };
  }

  /**
   * A state, or its gradient.
   *
   * @param h [S]
   * @param c [H]; empty where the cell has none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record State(double[] h, double[] c) {}

  /**
   * Takes a step.
   *
   * @param x [I]
   * @param before the state before it, which stays as it is
   */
  double[][] forward(double[] x, State before);

  /** The state after a step. */
  default State after(double[][] step) {
    return new State(step[step.length - 1], new double[0]);
  }

  /**
   * Goes a step back.
   *
   * @param step what {@link #forward} gave
   * @param before the state before it
   * @param d the gradient of the state after it
   */
  Back backward(double[][] step, State before, State d);

  /**
   * Gradients below a step.
   *
   * @param x of its input, [I]
   * @param before of the state before it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Back(double[] x, State before) {}

  /** The logistic function, without overflow. */
  static double logistic(double a) {
    return a >= 0 ? 1 / (1 + Math.exp(-a)) : Math.exp(a) / (1 + Math.exp(a));
  }
}
