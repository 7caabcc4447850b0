package dev.carousel.reference;

/**
 * What backward computes of one lane for one group of rows.
 *
 * @param dGates [tokens, G·H], before activation
 * @param kept [tokens, {@link CellMath#gradientWidth}]
 * @param dh [rows, stateSize], of the state between two steps
 * @param dc [rows, H] for an LSTM, otherwise [rows, 0]
 * @param temporary [rows, H]
 */
record LaneGradient(Matrix dGates, Matrix kept, Matrix dh, Matrix dc, Matrix temporary) {
  /** The part of group rows {@code row} on, with tokens {@code token} on. */
  LaneGradient part(int row, int rows, int token, int tokens) {
    return new LaneGradient(
        dGates.rows(token, tokens),
        kept.rows(token, tokens),
        dh.rows(row, rows),
        dc.rows(row, rows),
        temporary.rows(row, rows));
  }
}
