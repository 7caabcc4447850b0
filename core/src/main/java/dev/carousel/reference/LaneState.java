package dev.carousel.reference;

/**
 * What forward leaves of one lane. The states of a group's tokens follow its initial states: with
 * {@code first} rows and {@code before} tokens in the groups before, the initial state of its row r
 * is row {@code first + before + r} of h and c.
 *
 * @param gates [tokens, G·H], activated
 * @param h [N + tokens, stateSize]
 * @param c [N + tokens, H] for an LSTM, otherwise [.., 0]
 * @param kept [tokens, {@link CellMath#keptWidth}]
 */
record LaneState(Matrix gates, Matrix h, Matrix c, Matrix kept) {
  LaneState() {
    this(new Matrix(), new Matrix(), new Matrix(), new Matrix());
  }
}
