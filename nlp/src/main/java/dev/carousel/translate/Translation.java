package dev.carousel.translate;

import dev.carousel.decode.Ending;
import dev.carousel.text.Extent;
import java.util.List;

/**
 * A text and what it may mean, best first.
 *
 * @param source the text
 * @param extent how much of it was read; {@link Extent#cut} tells whether that was all
 * @param candidates at least one
 */
public record Translation(String source, Extent extent, List<Candidate> candidates) {
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
   * @param ending whether the model wrote its end, or had to stop there
   * @param map what it looked at; without weights if nobody asked
   */
  public record Candidate(
      String text, double score, double logProbability, Ending ending, AttentionMap map) {
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
