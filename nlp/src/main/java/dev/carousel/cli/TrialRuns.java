package dev.carousel.cli;

import dev.carousel.model.Start;
import dev.carousel.rnn.Precision;
import dev.carousel.train.Selection;
import dev.carousel.train.TrainingDivergedException;
import dev.carousel.train.TrainingResult;
import dev.carousel.tune.Search;
import dev.carousel.tune.Trial;
import dev.carousel.tune.TrialResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Trials of a search as trainings of the command line, each with its checkpoint and its log in a
 * folder of its own. Nothing but the selecting data scores them.
 *
 * @param run what trains
 * @param words the flags that all trials share, and their task
 * @param folder what the trials' folders are in
 * @param seed of all trainings
 * @param precision the arithmetic
 */
record TrialRuns(TrainingRun run, TuneWords words, RunFolder folder, long seed, Precision precision)
    implements Search.Runner {

  /** The training of a trial. */
  Training<?> training(Trial trial) throws IOException {
    return words.plan(trial.flags()).training(seed, precision, run.console());
  }

  /**
   * The training of the first trial that can be made, for what all have in common.
   *
   * @throws IllegalArgumentException if no trial can be made, as the first one says
   */
  Training<?> any(List<Trial> trials) throws IOException {
    IllegalArgumentException first = new IllegalArgumentException("there are no trials");
    for (Trial trial : trials) {
      try {
        return training(trial);
      } catch (IllegalArgumentException e) {
        first = trial.number() == 1 ? e : first;
      }
    }
    throw first;
  }

  /** Which figure selects, and which way it gets better. */
  static Selection selection(Training<?> training) {
    Selection selection = training.settings().training().selection();
    if (selection == null) {
      throw new IllegalArgumentException(
          "nothing selects an epoch here, so there is no figure to search by: leave --no-dev out");
    }
    return selection;
  }

  @Override
  public Optional<TrialResult> train(Trial trial, int epochs, int rung) throws IOException {
    run.console().progress("trial %d: %s".formatted(trial.number(), trial.flags()));
    RunFolder own = folder.ofTrial(trial.number());
    Start start = own.begun() ? Start.RESUME : Start.FRESH;
    try {
      Training<?> training = training(trial);
      Selection selection = selection(training);
      Optional<TrainingResult> result = run.trainUpTo(training, own, start, epochs);
      return result.map(r -> scored(trial, rung, r, selection));
    } catch (TrainingDivergedException | IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      run.console().progress("trial %d failed: %s".formatted(trial.number(), reason));
      return Optional.of(new TrialResult(trial.number(), rung, 0, 0, reason));
    }
  }

  private static TrialResult scored(
      Trial trial, int rung, TrainingResult result, Selection selection) {
    double score = result.best().getOrDefault(selection.metric(), Double.NaN);
    boolean none = !Double.isFinite(score);
    return new TrialResult(
        trial.number(),
        rung,
        result.epochs(),
        none ? 0 : score,
        none ? "its " + selection.metric() + " is " + score : "");
  }
}
