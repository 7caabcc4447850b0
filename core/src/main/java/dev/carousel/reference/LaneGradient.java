package dev.carousel.reference;

/**
 * What backward computes of one lane.
 *
 * @param dGates [tokens, G·H], before activation
 * @param kept [tokens, {@link CellMath#gradientWidth}]
 * @param dh [N, stateSize], of the state between two steps
 * @param dc [N, H] for an LSTM, otherwise [N, 0]
 * @param temporary [N, H]
 * @param previous [tokens, stateSize], h before each token
 * @param dInputs [tokens, in]
 * @param dInputWeight [G·H, in]
 * @param dHiddenWeight [G·H, stateSize]
 * @param dProjection [P, H]
 */
record LaneGradient(
    Matrix dGates,
    Matrix kept,
    Matrix dh,
    Matrix dc,
    Matrix temporary,
    Matrix previous,
    Matrix dInputs,
    Matrix dInputWeight,
    Matrix dHiddenWeight,
    Matrix dProjection) {
  LaneGradient() {
    this(
        new Matrix(),
        new Matrix(),
        new Matrix(),
        new Matrix(),
        new Matrix(),
        new Matrix(),
        new Matrix(),
        new Matrix(),
        new Matrix(),
        new Matrix());
  }
}
