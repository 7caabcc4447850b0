package dev.carousel.rnn;

/**
 * The recurrence of one step. In the equations x is the input, h and c the previous state, σ the
 * logistic function, ⊙ the element-wise product; W, U are the input and recurrent weights, b and b'
 * the input and recurrent biases. The order of the gates is part of the contract (rule R2).
 */
public enum Cell {
  /**
   * Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000; gates i, f, g, o.
   *
   * <pre>
   * i = σ(W_i x + b_i + U_i h + b'_i)     f = σ(W_f x + b_f + U_f h + b'_f)
   * g = tanh(W_g x + b_g + U_g h + b'_g)  o = σ(W_o x + b_o + U_o h + b'_o)
   * c' = f ⊙ c + i ⊙ g                    h' = o ⊙ tanh(c')
   * </pre>
   */
  LSTM(4),
  /**
   * Cho et al. 2014 in the form of cuDNN and PyTorch, reset after the product; gates r, z, n.
   *
   * <pre>
   * r = σ(W_r x + b_r + U_r h + b'_r)     z = σ(W_z x + b_z + U_z h + b'_z)
   * n = tanh(W_n x + b_n + r ⊙ (U_n h + b'_n))
   * h' = (1 − z) ⊙ n + z ⊙ h
   * </pre>
   */
  GRU(3),
  /**
   * The GRU of the paper's first version, reset before the product (ONNX {@code
   * linear_before_reset=0}, Keras {@code reset_after=False}); gates r, z, n.
   *
   * <pre>
   * n = tanh(W_n x + b_n + U_n (r ⊙ h) + b'_n)
   * </pre>
   */
  GRU_RESET_BEFORE(3),
  /** Elman 1990: {@code h' = tanh(W x + b + U h + b')}. */
  RNN_TANH(1),
  /** {@code h' = max(0, W x + b + U h + b')}. */
  RNN_RELU(1);

  private final int gates;

  Cell(int gates) {
    this.gates = gates;
  }

  /** Number of gates G: weights have G·H rows. */
  public int gates() {
    return gates;
  }

  /** Whether the state has a second part c beside h. */
  public boolean hasCellState() {
    return this == LSTM;
  }
}
