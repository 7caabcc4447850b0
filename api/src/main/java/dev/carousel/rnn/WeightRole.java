package dev.carousel.rnn;

/** What a block of weights is for. Gates lie one after another along the rows, in cell order. */
public enum WeightRole {
  /** W, [G·H, input features]. */
  INPUT_WEIGHT("weight_ih"),
  /** U, [G·H, stateSize]. */
  HIDDEN_WEIGHT("weight_hh"),
  /** b, [G·H]. */
  INPUT_BIAS("bias_ih"),
  /** b', [G·H]. */
  HIDDEN_BIAS("bias_hh"),
  /** The projection, [P, H]; present only with one. */
  PROJECTION("weight_hr");

  private final String torchName;

  WeightRole(String torchName) {
    this.torchName = torchName;
  }

  /** PyTorch's name of such a block, without layer and direction. */
  public String torchName() {
    return torchName;
  }
}
