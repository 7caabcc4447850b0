package dev.carousel.nn;

import dev.carousel.spi.Philox;
import java.util.Arrays;

/**
 * The masks that one direction of an {@link UnrolledLayer} draws first in a step of the tape, from
 * the contract's generator: sites are counted as dropouts are asked for.
 *
 * @param hidden what h is multiplied with before U sees it, [N·H]
 * @param fresh share of the new h at each step, [T·N·H]
 * @param freshCell the same of c
 * @param candidate what the candidate is multiplied with at each step, [T·N·H]
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record VariantMasks(double[] hidden, double[] fresh, double[] freshCell, double[] candidate) {
  /** The seed of a test rig and the step that it begins. */
  private static final int SEED = 7;

  private static final int STEP = 1;

  /** Those of training. */
  static VariantMasks drawn(CellVariant v, boolean hasCell, int steps, int units) {
    int site = 0;
    double[] fresh = ones(steps * units);
    if (v.zoneout() > 0) {
      fresh = kept(site++, v.zoneout(), steps * units, 1);
    }
    double[] freshCell = ones(steps * units);
    if (hasCell && v.cellZoneout() > 0) {
      freshCell = kept(site++, v.cellZoneout(), steps * units, 1);
    }
    double[] hidden = ones(units);
    if (v.hiddenDropout() > 0) {
      hidden = kept(site++, v.hiddenDropout(), units, 1 / (1 - v.hiddenDropout()));
    }
    double[] candidate = ones(steps * units);
    for (int t = 0; v.candidateDropout() > 0 && t < steps; t++) {
      double rate = v.candidateDropout();
      System.arraycopy(kept(site++, rate, units, 1 / (1 - rate)), 0, candidate, t * units, units);
    }
    return new VariantMasks(hidden, fresh, freshCell, candidate);
  }

  /** Those of evaluation: expectations. */
  static VariantMasks expected(CellVariant v, int steps, int units) {
    double[] fresh = new double[steps * units];
    Arrays.fill(fresh, 1 - v.zoneout());
    double[] freshCell = new double[steps * units];
    Arrays.fill(freshCell, 1 - v.cellZoneout());
    return new VariantMasks(ones(units), fresh, freshCell, ones(steps * units));
  }

  private static double[] kept(int site, double rate, int n, double value) {
    double[] mask = new double[n];
    for (int i = 0; i < n; i++) {
      int word = Philox.word(SEED, 0, STEP, site, i);
      boolean kept = Integer.compareUnsigned(word, Philox.threshold(rate)) >= 0;
      mask[i] = kept ? value : 0;
    }
    return mask;
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }
}
