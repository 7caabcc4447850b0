package dev.carousel.tune;

import dev.carousel.train.Goal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Trains trials rung by rung and finds the best. Everything is a function of the trials and their
 * scores; a search that goes on from its {@link Journal} does what was left to do.
 *
 * @param trials in the order in which they were drawn
 * @param strategy who may train how long
 * @param goal which way scores get better
 */
public record Search(List<Trial> trials, Strategy strategy, Goal goal) {
  /** Trains a trial; its checkpoints are its own business. */
  @FunctionalInterface
  public interface Runner {
    /**
     * Trains a trial up to the end of an epoch, from where it left off.
     *
     * @param epochs counted from the trial's beginning; a trial that ends before is done
     * @param rung for the result
     * @return empty if it was interrupted before
     */
    Optional<TrialResult> train(Trial trial, int epochs, int rung) throws IOException;
  }

  /** Copies. */
  public Search {
    trials = List.copyOf(trials);
  }

  /**
   * Does what the journal does not have yet.
   *
   * @return the best trial of the last rung; empty if it was interrupted
   * @throws IllegalStateException if every trial failed, with the reason of the first
   */
  public Optional<Trial> run(Runner runner, Journal journal) throws IOException {
    List<Trial> going = trials;
    List<Rung> rungs = strategy.rungs(trials.size());
    for (int r = 0; r < rungs.size(); r++) {
      going = going.subList(0, Math.min(going.size(), rungs.get(r).trials()));
      for (Trial trial : going) {
        if (journal.find(trial.number(), r).isEmpty()) {
          Optional<TrialResult> result = runner.train(trial, rungs.get(r).epochs(), r);
          if (result.isEmpty()) {
            return Optional.empty();
          }
          journal.add(result.get());
        }
      }
      going = ranked(going, r, journal);
    }
    return Optional.of(going.get(0));
  }

  /** Those that did not fail, the best first; equal ones in the order they were drawn. */
  private List<Trial> ranked(List<Trial> tried, int rung, Journal journal) {
    Comparator<Trial> byScore =
        Comparator.comparingDouble(t -> journal.find(t.number(), rung).orElseThrow().score());
    List<Trial> ranked = new ArrayList<>(tried);
    ranked.removeIf(t -> journal.find(t.number(), rung).orElseThrow().failed());
    if (ranked.isEmpty()) {
      String reason =
          journal.find(tried.get(0).number(), rung).map(TrialResult::failure).orElse("");
      throw new IllegalStateException("every trial failed; the first because " + reason);
    }
    ranked.sort(goal == Goal.MAXIMIZE ? byScore.reversed() : byScore);
    return ranked;
  }
}
