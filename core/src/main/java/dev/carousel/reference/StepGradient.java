package dev.carousel.reference;

/**
 * The rows of a {@link LaneGradient} that one step of one group reads and writes, n of them.
 *
 * @param gates [n, G·H]
 * @param firstGates all gates but the last
 * @param lastGate the last gate, [n, H]
 * @param kept [n, {@link CellMath#gradientWidth}]
 * @param dh [n, stateSize]
 * @param dc [n, H]; without columns if there is none
 * @param temporary [n, H]
 */
record StepGradient(
    Matrix gates,
    Matrix firstGates,
    Matrix lastGate,
    Matrix kept,
    Matrix dh,
    Matrix dc,
    Matrix temporary) {
  StepGradient() {
    this(
        new Matrix(),
        new Matrix(),
        new Matrix(),
        new Matrix(),
        new Matrix(),
        new Matrix(),
        new Matrix());
  }

  /** Moves to the step at which the lane stands. */
  void place(LaneGradient g, Lane lane, int units) {
    int n = lane.count();
    gates.placeRows(g.dGates(), lane.token(), n);
    firstGates.placeCols(gates, 0, gates.cols() - units);
    lastGate.placeCols(gates, gates.cols() - units, units);
    kept.placeRows(g.kept(), lane.token(), n);
    dh.placeRows(g.dh(), lane.first(), n);
    dc.placeRows(g.dc(), lane.first(), n);
    temporary.placeRows(g.temporary(), lane.first(), n);
  }
}
