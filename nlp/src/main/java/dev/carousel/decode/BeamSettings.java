package dev.carousel.decode;

/**
 * How wide a beam is and how its results are scored (Wu et al., "Google's neural machine
 * translation system", 2016, equation 14). With Y the written tokens and the end, X the source
 * steps and p_ij how much token j looked at step i:
 *
 * <pre>
 * score = log P(Y) / lp(Y) + cp(X, Y)
 * lp(Y) = (5 + |Y|)^α / (5 + 1)^α
 * cp(X, Y) = β Σ_i log(min(Σ_j p_ij, 1))
 * </pre>
 *
 * Hypotheses compete by log P while they grow; the score ranks the finished ones.
 *
 * @param width B, hypotheses of a sequence, at least 1; 1 is greedy search
 * @param lengthPenalty α, at least 0; 0 favours short results, 1 compares means of a token
 * @param coveragePenalty β, at least 0; only for models with attention
 * @param nBest how many results of a sequence are wanted, 1 to B
 */
public record BeamSettings(int width, double lengthPenalty, double coveragePenalty, int nBest) {
  /** The likeliest token, always. */
  public static final BeamSettings GREEDY = new BeamSettings(1, 0, 0, 1);

  /** Checks the ranges. */
  public BeamSettings {
    if (width < 1) {
      throw new IllegalArgumentException("a beam must be at least 1 wide, not " + width);
    }
    if (!(lengthPenalty >= 0) || !(coveragePenalty >= 0)) {
      throw new IllegalArgumentException(
          "length and coverage penalty must be at least 0, not %s and %s"
              .formatted(lengthPenalty, coveragePenalty));
    }
    if (nBest < 1 || nBest > width) {
      throw new IllegalArgumentException(
          "a beam of %d gives 1 to %d results, not %d".formatted(width, width, nBest));
    }
  }

  /** A beam this wide with α = 1, one result. */
  public static BeamSettings beam(int width) {
    return new BeamSettings(width, 1, 0, 1);
  }

  /** The same with this many results. */
  public BeamSettings withNBest(int results) {
    return new BeamSettings(width, lengthPenalty, coveragePenalty, results);
  }

  /** The same with these penalties. */
  public BeamSettings withPenalties(double length, double coverage) {
    return new BeamSettings(width, length, coverage, nBest);
  }

  /**
   * The score of a finished hypothesis.
   *
   * @param length |Y|, the end included
   * @param coverage cp for β = 1, at most 0
   */
  double score(double logProbability, int length, double coverage) {
    double cp = coveragePenalty == 0 ? 0 : coveragePenalty * coverage;
    return logProbability / Math.pow((5 + length) / 6.0, lengthPenalty) + cp;
  }
}
