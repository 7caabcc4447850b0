package dev.carousel.nn;

/** What the gates of a recurrent cell see. */
public enum CellWiring {
  /** As {@link dev.carousel.rnn.Cell} says. */
  PLAIN,
  /**
   * Layer normalisation (Ba, Kiros and Hinton 2016, equations 20 to 22 for the LSTM, 29 to 31 for
   * the GRU). The products W x and U h are each normalised over all G·H gate units of a row, scaled
   * by gains γ and γ', and shifted by the cell's two biases. An LSTM's c is normalised where the
   * output reads it, {@code h' = o ⊙ tanh(γ'' ⊙ norm(c') + β)}, and carried as it is: the layout of
   * the paper and of haste, not that of PyTorch's custom_lstms.py, which carries the normalised c.
   */
  LAYER_NORM,
  /**
   * Peepholes (Gers and Schmidhuber 2000; Gers et al. 2002), one weight a unit and gate: i and f
   * see the c before the step, o the c after it. LSTM only.
   */
  PEEPHOLE
}
