package dev.carousel.nn;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.RnnSpec;

/**
 * What the cells of a recurrent layer do that a backend's recurrent kernels do not: noise within
 * the recurrence, and other wiring. A layer with any of it is unrolled over single kernels, step by
 * step, on every backend; one without, {@link #PLAIN}, is the backend's own kernel call.
 *
 * @param hiddenDropout rate at which units of h are hidden from U, the same ones at every step of a
 *     sequence and for all gates (Gal and Ghahramani 2016); kept units are divided by 1 − rate
 * @param candidateDropout rate at which units of the candidate (g of an LSTM, n of a GRU) are
 *     dropped, drawn anew at each step, so that nothing that is remembered is lost (Semeniuta,
 *     Severyn and Barth 2016); kept units are divided by 1 − rate
 * @param zoneout probability with which a unit of h keeps its value of the step before (Krueger et
 *     al. 2017); evaluation takes the expectation, {@code p h + (1 − p) h'}
 * @param cellZoneout the same for c of an LSTM; h' reads the c' that was computed
 * @param wiring what the gates see
 */
public record CellVariant(
    double hiddenDropout,
    double candidateDropout,
    double zoneout,
    double cellZoneout,
    CellWiring wiring) {
  /** The cells as {@link Cell} has them. */
  public static final CellVariant PLAIN = new CellVariant(0, 0, 0, 0, CellWiring.PLAIN);

  /** Checks the ranges. */
  public CellVariant {
    requireRate("hidden dropout", hiddenDropout);
    requireRate("candidate dropout", candidateDropout);
    requireRate("zoneout", zoneout);
    requireRate("cell zoneout", cellZoneout);
  }

  private static void requireRate(String name, double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(name + " must be 0 to below 1, not " + rate);
    }
  }

  /** Only other wiring. */
  public static CellVariant of(CellWiring wiring) {
    return PLAIN.withWiring(wiring);
  }

  /** The same with these rates of dropout. */
  public CellVariant withDropout(double hidden, double candidate) {
    return new CellVariant(hidden, candidate, zoneout, cellZoneout, wiring);
  }

  /** The same with this zoneout of h and of c. */
  public CellVariant withZoneout(double ofHidden, double ofCell) {
    return new CellVariant(hiddenDropout, candidateDropout, ofHidden, ofCell, wiring);
  }

  /** The same, wired like this. */
  public CellVariant withWiring(CellWiring other) {
    return new CellVariant(hiddenDropout, candidateDropout, zoneout, cellZoneout, other);
  }

  /** Whether a backend's recurrent kernels can run it. */
  public boolean plain() {
    return equals(PLAIN);
  }

  /**
   * Refuses what a cell cannot take.
   *
   * @throws IllegalArgumentException naming both
   */
  public void requireFits(Cell cell) {
    boolean gated = cell == Cell.LSTM || cell == Cell.GRU;
    if (cell == Cell.GRU_RESET_BEFORE && !plain()) {
      throw refused(cell, this + " is", "which has no one product U h: take GRU");
    }
    if (candidateDropout > 0 && !gated) {
      throw refused(cell, "candidate dropout is", "which has no candidate: take LSTM or GRU");
    }
    if (cellZoneout > 0 && cell != Cell.LSTM) {
      throw refused(cell, "cell zoneout is", "which has no cell state: take LSTM");
    }
    if (wiring == CellWiring.PEEPHOLE && cell != Cell.LSTM) {
      throw refused(cell, "peepholes are", "which has no cell state to look at: take LSTM");
    }
    if (wiring == CellWiring.LAYER_NORM && !gated) {
      throw refused(cell, "layer normalisation is", "only for LSTM and GRU");
    }
  }

  /** The same for a network. */
  void requireFits(RnnSpec spec) {
    requireFits(spec.cell());
    if (spec.projectionSize() > 0 && !plain()) {
      throw new IllegalArgumentException(
          "%s is not offered with a projection (%d units): leave one of them out"
              .formatted(this, spec.projectionSize()));
    }
  }

  private static IllegalArgumentException refused(Cell cell, String what, String why) {
    return new IllegalArgumentException(what + " not for " + cell + ", " + why);
  }
}
