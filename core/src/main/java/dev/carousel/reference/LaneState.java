package dev.carousel.reference;

/**
 * What forward leaves of one lane for one group of rows. The states' first rows are the group's
 * initial states, one a row; token t follows at row {@code rows + t}.
 *
 * @param gates [tokens, G·H], activated
 * @param h [rows + tokens, stateSize]
 * @param c [rows + tokens, H] for an LSTM, otherwise [.., 0]
 * @param kept [tokens, {@link CellMath#keptWidth}]
 */
record LaneState(Matrix gates, Matrix h, Matrix c, Matrix kept) {
  /** The part of group rows {@code row} on, with tokens {@code token} on. */
  LaneState part(int row, int rows, int token, int tokens) {
    return new LaneState(
        gates.rows(token, tokens),
        h.rows(row + token, rows + tokens),
        c.rows(row + token, rows + tokens),
        kept.rows(token, tokens));
  }
}
