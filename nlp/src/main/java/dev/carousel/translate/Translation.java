package dev.carousel.translate;

import java.util.List;

/**
 * A text and what it may mean, best first.
 *
 * @param source the text
 * @param candidates at least one
 */
public record Translation(String source, List<Candidate> candidates) {
  /** Copies the candidates. */
  public Translation {
    candidates = List.copyOf(candidates);
  }

  /**
   * One translation.
   *
   * @param text what was written
   * @param score by which candidates are ranked
   * @param logProbability natural, of its tokens and the end
   * @param map what it looked at; without weights if nobody asked
   */
  public record Candidate(String text, double score, double logProbability, AttentionMap map) {
    /** Geometric mean of the probabilities of its tokens and the end; 1 where nothing was read. */
    public double meanProbability() {
      return Math.exp(logProbability / Math.max(1, map.target().size()));
    }
  }

  /** The best translation. */
  public String text() {
    return candidates.get(0).text();
  }
}
