package dev.carousel.decode;

import dev.carousel.train.StopSignal;
import java.util.List;

/**
 * Beam search for several sequences at once. In each step the 2·B best continuations of a sequence
 * are looked at, best first: those that end among the first B are results, the first B of the
 * others go on. A sequence is done when it has B results, when none of its hypotheses can still
 * become one of the n best, or when its limit is reached, where only the end may follow. With a
 * beam as wide as there are hypotheses this is exhaustive search.
 *
 * <p>Immutable, and safe for any number of threads; each search takes its memory at the beginning.
 */
public final class BeamSearch {
  private final BeamSettings settings;
  private final Rules rules;

  /** A search with these settings under these rules. */
  public BeamSearch(BeamSettings settings, Rules rules) {
    this.settings = settings;
    this.rules = rules;
  }

  /**
   * Writes sequences.
   *
   * @param model what says which token is how likely; used up by this
   * @param limits for each sequence the most tokens to write, the end not counted, at least 0
   * @return for each sequence its n best results, best first; fewer if there were not so many
   * @throws IllegalArgumentException if the settings need attention and the model has none
   */
  public List<List<Hypothesis>> search(NextTokens model, int[] limits, AttentionMaps maps) {
    return search(model, limits, maps, new StopSignal());
  }

  /**
   * The same until somebody asks it to stop: after the step under way each sequence ends where it
   * is, and its results say that they were {@link Ending#FORCED}.
   */
  public List<List<Hypothesis>> search(
      NextTokens model, int[] limits, AttentionMaps maps, StopSignal stop) {
    if (limits.length != model.sequences()) {
      throw new IllegalArgumentException(
          limits.length + " limits for " + model.sequences() + " sequences");
    }
    boolean looks = settings.coveragePenalty() > 0 || maps == AttentionMaps.KEPT;
    if (looks && model.sourceSteps() == 0) {
      throw new IllegalArgumentException(
          "a coverage penalty and attention maps need a model with attention");
    }
    long scores = (long) limits.length * settings.width() * model.words();
    if (scores > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a beam of %d for %d sequences and %d words takes more than one array holds: take a narrower beam"
              .formatted(settings.width(), limits.length, model.words()));
    }
    return new BeamRun(settings, rules, model, new Budget(limits, maps, stop)).run();
  }

  /**
   * How long results may get, and what is kept of them.
   *
   * @param limits the most tokens of each sequence
   * @param maps whether attention is kept
   * @param stop what ends the search before that
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Budget(int[] limits, AttentionMaps maps, StopSignal stop) {
    /** The most steps of a search, the one that only ends included. */
    int steps() {
      int most = 0;
      for (int limit : limits) {
        most = Math.max(most, limit);
      }
      return most + 1;
    }
  }
}
