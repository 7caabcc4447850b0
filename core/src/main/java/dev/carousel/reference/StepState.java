package dev.carousel.reference;

/**
 * The rows of a {@link LaneState} that one step of one group reads and writes, n of them.
 *
 * @param gates [n, G·H]
 * @param firstGates all gates but the last
 * @param lastGate the last gate, [n, H]
 * @param before h before the step, [n, stateSize]
 * @param after h after it
 * @param cellBefore c before the step, [n, H]; without columns if there is none
 * @param cellAfter c after it
 * @param kept [n, {@link CellMath#keptWidth}]
 */
record StepState(
    Matrix gates,
    Matrix firstGates,
    Matrix lastGate,
    Matrix before,
    Matrix after,
    Matrix cellBefore,
    Matrix cellAfter,
    Matrix kept) {
  StepState() {
    this(
        new Matrix(),
        new Matrix(),
        new Matrix(),
        new Matrix(),
        new Matrix(),
        new Matrix(),
        new Matrix(),
        new Matrix());
  }

  /** Moves to the step at which the lane stands. */
  void place(LaneState s, Lane lane, int units) {
    int n = lane.count();
    gates.placeRows(s.gates(), lane.token(), n);
    firstGates.placeCols(gates, 0, gates.cols() - units);
    lastGate.placeCols(gates, gates.cols() - units, units);
    before.placeRows(s.h(), lane.previous(), n);
    after.placeRows(s.h(), lane.state(), n);
    cellBefore.placeRows(s.c(), lane.previous(), n);
    cellAfter.placeRows(s.c(), lane.state(), n);
    kept.placeRows(s.kept(), lane.token(), n);
  }
}
