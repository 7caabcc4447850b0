package dev.carousel.train;

import org.jspecify.annotations.Nullable;

/**
 * What decides the outcome of a training, beside the model and the data. With these, the same
 * backend and the same number of threads, a run gives the same bits again.
 *
 * @param rule how parameters follow their gradients
 * @param schedule of the learning rate
 * @param limits how long
 * @param clipping of the gradients
 * @param accumulation batches an optimizer step, at least 1; the last step of an epoch may have
 *     fewer
 * @param selection which model is kept and when to stop early; null to keep the last one
 * @param seed of the dropout
 * @param groups layers that learn at paces of their own, or start late
 */
public record TrainingSettings(
    UpdateRule rule,
    Schedule schedule,
    Limits limits,
    Clipping clipping,
    int accumulation,
    @Nullable Selection selection,
    long seed,
    LayerGroups groups) {

  /**
   * How long a training is, and how often it is looked at.
   *
   * @param epochs at most so many, at least 1
   * @param steps at most so many optimizer steps, at least 1
   * @param evaluateEvery optimizer steps between two evaluations within an epoch; 0 for none but
   *     those at the end of each epoch
   */
  public record Limits(int epochs, long steps, int evaluateEvery) {
    /** Checks the ranges. */
    public Limits {
      if (epochs < 1 || steps < 1 || evaluateEvery < 0) {
        throw new IllegalArgumentException(
            "epochs and steps must be at least 1, steps between evaluations 0 or more, not "
                + "%d, %d, %d".formatted(epochs, steps, evaluateEvery));
      }
    }

    /** So many epochs, evaluated at the end of each. */
    public static Limits epochs(int n) {
      return new Limits(n, Long.MAX_VALUE, 0);
    }
  }

  /** Checks the ranges. */
  public TrainingSettings {
    if (accumulation < 1) {
      throw new IllegalArgumentException(
          "an optimizer step needs at least 1 batch, not " + accumulation);
    }
  }

  /** The same without layer groups, clipped by norm. */
  public TrainingSettings(
      UpdateRule rule,
      Schedule schedule,
      Limits limits,
      double clipNorm,
      int accumulation,
      @Nullable Selection selection,
      long seed) {
    this(
        rule,
        schedule,
        limits,
        Clipping.norm(clipNorm),
        accumulation,
        selection,
        seed,
        LayerGroups.ALL_ALIKE);
  }

  /** No clipping, no accumulation, the last model kept, seed 1, all parameters alike. */
  public static TrainingSettings of(UpdateRule rule, Schedule schedule, int epochs) {
    return new TrainingSettings(
        rule, schedule, Limits.epochs(epochs), Clipping.NONE, 1, null, 1, LayerGroups.ALL_ALIKE);
  }

  /** The largest global norm of the gradients; infinity for no limit. */
  public double clipNorm() {
    return clipping.norm();
  }

  /** The same, with this learning rate. */
  public TrainingSettings withSchedule(Schedule s) {
    return new TrainingSettings(rule, s, limits, clipping, accumulation, selection, seed, groups);
  }

  /** The same, this long. */
  public TrainingSettings withLimits(Limits l) {
    return new TrainingSettings(rule, schedule, l, clipping, accumulation, selection, seed, groups);
  }

  /** The same, with gradients clipped like this. */
  public TrainingSettings withClipping(Clipping c) {
    return new TrainingSettings(rule, schedule, limits, c, accumulation, selection, seed, groups);
  }

  /** The same, with gradients clipped to this global norm. */
  public TrainingSettings withClipNorm(double norm) {
    return withClipping(new Clipping(clipping.value(), norm));
  }

  /** The same, with so many batches an optimizer step. */
  public TrainingSettings withAccumulation(int batches) {
    return new TrainingSettings(rule, schedule, limits, clipping, batches, selection, seed, groups);
  }

  /** The same, keeping the model that this selects. */
  public TrainingSettings withSelection(Selection by) {
    return new TrainingSettings(rule, schedule, limits, clipping, accumulation, by, seed, groups);
  }

  /**
   * The same, keeping the last model.
   *
   * @throws IllegalArgumentException if something else follows the metric
   */
  public TrainingSettings withoutSelection() {
    if (selection != null && selection.rule().patience() != Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "training ends after %d evaluations without a better %s, but nothing measures it: set no patience"
              .formatted(selection.rule().patience(), selection.metric()));
    }
    TrainingSettings last =
        new TrainingSettings(rule, schedule, limits, clipping, accumulation, null, seed, groups);
    last.requireSelection();
    return last;
  }

  /** Refuses a rule or a schedule that follows a metric where none is named. */
  void requireSelection() {
    if (selection != null) {
      return;
    }
    if (rule instanceof AveragedSgd) {
      throw new IllegalArgumentException(
          rule + " averages once a metric stalls, but no selection names one");
    }
    if (!schedule.start().equals(Schedule.State.NONE)) {
      throw new IllegalArgumentException(
          schedule + " follows a metric, but no selection names one");
    }
  }

  /** The same, with this seed. */
  public TrainingSettings withSeed(long number) {
    return new TrainingSettings(
        rule, schedule, limits, clipping, accumulation, selection, number, groups);
  }

  /** The same, with these layer groups. */
  public TrainingSettings withGroups(LayerGroups layers) {
    return new TrainingSettings(
        rule, schedule, limits, clipping, accumulation, selection, seed, layers);
  }
}
