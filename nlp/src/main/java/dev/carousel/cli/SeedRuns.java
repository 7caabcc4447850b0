package dev.carousel.cli;

import dev.carousel.model.Start;
import dev.carousel.rnn.Precision;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan carried out with one seed after another.
 *
 * @param run what carries it out
 * @param plan the plan
 * @param precision the arithmetic
 */
record SeedRuns(TrainingRun run, TrainingPlan plan, Precision precision) {
  /**
   * Trains with each seed.
   *
   * @param seeds at least one
   * @param folder where a single seed's model goes, or what several seeds' folders are named after;
   *     null to keep nothing
   * @param start where to begin if there is a checkpoint; of several seeds each that has a run
   *     resumes it
   */
  Ending run(List<Long> seeds, @Nullable RunFolder folder, Start start) throws IOException {
    if (seeds.size() == 1) {
      return run.train(plan.training(seeds.get(0), precision, run.console()), folder, start);
    }
    Map<Long, Outcome.Finished<?>> finished = new LinkedHashMap<>();
    for (long seed : seeds) {
      run.console().progress("seed " + seed);
      RunFolder own = folder == null ? null : folder.ofSeed(seed);
      Start from = own == null || !own.begun() ? Start.FRESH : start;
      Outcome<?> outcome = run.train(plan.training(seed, precision, run.console()), own, from);
      if (!(outcome instanceof Outcome.Finished<?> one)) {
        return outcome;
      }
      run.console().progress("seed " + seed + ": " + one.measurement().summary());
      finished.put(seed, one);
    }
    return new SeveralSeeds(finished);
  }
}
