package dev.carousel.train;

import dev.carousel.autograd.ParameterSet;
import dev.carousel.train.TrainingEvent.Verdict;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Has the model measured, keeps the values of the best, and tells schedule and selection. */
final class Judge {
  private final @Nullable Evaluator evaluator;
  private final TrainingSettings settings;
  private final ParameterSet parameters;
  private final @Nullable ParameterAverage average;
  private float @Nullable [] bestValues;

  /**
   * What an evaluation gave.
   *
   * @param progress with schedule, selection and best metrics as they are now
   */
  record Judgement(Map<String, Double> metrics, Verdict verdict, Progress progress) {}

  Judge(
      @Nullable Evaluator evaluator,
      TrainingSettings settings,
      TrainingStep<?> step,
      float @Nullable [] bestValues) {
    this.evaluator = evaluator;
    this.settings = settings;
    this.parameters = step.parameters();
    this.average = step.average();
    this.bestValues = bestValues;
  }

  /** Evaluates the model, its average if there is one; null if there is nobody to do so. */
  @Nullable Judgement judge(Progress now) {
    if (evaluator == null) {
      return null;
    }
    if (average == null) {
      return judge(evaluator, now);
    }
    average.swapIn();
    Judgement found;
    try {
      found = judge(evaluator, now);
    } finally {
      average.swapOut();
    }
    Selection selection = settings.selection();
    if (selection != null) {
      average.observe(selection.of(found.metrics()));
    }
    return found;
  }

  private Judgement judge(Evaluator by, Progress now) {
    Map<String, Double> metrics = Map.copyOf(by.evaluate());
    Selection selection = settings.selection();
    if (selection == null) {
      return new Judgement(metrics, Verdict.NOT_COMPARED, now.evaluated(metrics));
    }
    double metric = selection.of(metrics);
    EarlyStopping.State seen = selection.rule().observe(now.selection(), metric);
    boolean best = seen.sinceBest() == 0;
    if (best) {
      bestValues = parameters.download();
    }
    Schedule.State schedule = settings.schedule().observe(now.schedule(), metric);
    return new Judgement(
        metrics, best ? Verdict.BEST : Verdict.NOT_BETTER, now.judged(schedule, seen, metrics));
  }

  /** The parameters at the best evaluation; null before it, or if nothing is selected. */
  float @Nullable [] bestValues() {
    return bestValues;
  }

  /** Puts the best parameters in place, if there are any. */
  void restoreBest() {
    if (bestValues != null) {
      parameters.upload(bestValues);
    }
  }
}
