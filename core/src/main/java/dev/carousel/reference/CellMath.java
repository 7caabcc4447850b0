package dev.carousel.reference;

import dev.carousel.rnn.RnnSpec;

/**
 * The equations of one cell, for the rows of one step at once. A lane is one direction of one
 * layer; it keeps per token (see {@link RowGroups}) the activated gates [G·H], the state h, for an
 * LSTM c, and {@link #keptWidth} more values that backward wants.
 */
sealed interface CellMath permits ElmanCell, GruCell, LstmCell, ResetBeforeGruCell {
  /** The equations of {@code spec.cell()}. */
  static CellMath of(RnnSpec spec, Gemm gemm) {
    return switch (spec.cell()) {
      case LSTM -> new LstmCell(spec.hiddenSize(), spec.projectionSize(), gemm);
      case GRU -> new GruCell(spec.hiddenSize(), gemm);
      case GRU_RESET_BEFORE -> new ResetBeforeGruCell(spec.hiddenSize(), gemm);
      case RNN_TANH, RNN_RELU -> new ElmanCell(spec.hiddenSize(), spec.cell(), gemm);
    };
  }

  /** H. */
  int units();

  /** Values kept per token beside gates, h and c. */
  int keptWidth();

  /** Values of the gradient kept per token beside that of the gates. */
  int gradientWidth();

  /** What holds the gradient that reaches {@code gate}'s rows of U and of b', token by token. */
  default Matrix hiddenGradient(LaneGradient g, int gate) {
    return g.dGates();
  }

  /** The column of {@link #hiddenGradient} at which the gate's units begin. */
  default int hiddenGradientColumn(int gate) {
    return gate * units();
  }

  /**
   * What {@code gate}'s rows of U are multiplied with, token by token.
   *
   * @param previous the state before each token, [tokens, stateSize]
   */
  default Matrix hiddenInput(LaneState s, Matrix previous, int gate) {
    return previous;
  }

  /** Whether the last gate's second bias stays apart, because the reset gate multiplies it. */
  default boolean splitsLastBias() {
    return false;
  }

  /** Turns gates, which hold W x and the biases, into activations, and computes the next state. */
  void forward(LaneWeights w, StepState s);

  /**
   * Turns the gradient of the state after the step ({@code g.dh}, {@code g.dc}, by row of the
   * group) into that of the state before it, and writes the gradient of the gates before
   * activation.
   */
  void backward(LaneWeights w, StepState s, StepGradient g);

  /** 1 / (1 + e^−x); where e^−x overflows that is 0, as it should be. */
  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
