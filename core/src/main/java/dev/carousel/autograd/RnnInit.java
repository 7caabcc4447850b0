package dev.carousel.autograd;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.WeightRole;

/**
 * How the weights of a recurrent network start.
 *
 * @param input W, gate by gate
 * @param hidden U, gate by gate
 * @param bias both biases
 * @param forgetBias what an LSTM's forget gate starts with (on its input bias); 1 lets gradients
 *     pass from the beginning (Gers et al. 2000; Jozefowicz et al. 2015)
 */
public record RnnInit(Init input, Init hidden, Init bias, double forgetBias) {
  /** Xavier for W, orthogonal for U, zero biases, forget bias 1: Keras's default. */
  public static final RnnInit DEFAULT =
      new RnnInit(Init.xavier(), Init.orthogonal(), Init.constant(0), 1);

  /** PyTorch's default: everything uniform within 1/√H, no forget bias. */
  public static RnnInit torch(int hiddenSize) {
    Init u = Init.uniform(1 / Math.sqrt(hiddenSize));
    return new RnnInit(u, u, u, 0);
  }

  Init of(Cell cell, WeightRole role) {
    return switch (role) {
      case INPUT_WEIGHT -> input.perGate(cell.gates());
      case HIDDEN_WEIGHT -> hidden.perGate(cell.gates());
      case PROJECTION -> input;
      case HIDDEN_BIAS -> bias;
      case INPUT_BIAS -> cell == Cell.LSTM ? withForgetBias() : bias;
    };
  }

  private Init withForgetBias() {
    return (values, at, shape, random) -> {
      bias.fill(values, at, shape, random);
      int h = shape.dim(0) / Cell.LSTM.gates();
      for (int j = at + h; j < at + 2 * h; j++) {
        values[j] += (float) forgetBias;
      }
    };
  }
}
