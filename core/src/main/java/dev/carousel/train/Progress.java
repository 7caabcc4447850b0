package dev.carousel.train;

import java.util.Map;

/**
 * How far a training is, between two optimizer steps.
 *
 * @param epoch the running epoch, from 0; the number of epochs when all are done
 * @param nextBatch the next batch of the epoch
 * @param step optimizer steps done since the run began
 * @param schedule what the schedule remembers
 * @param selection what early stopping remembers
 * @param best the metrics of the evaluation that {@link TrainingResult#best} tells
 * @param bestStep optimizer steps done at that evaluation; −1 before the first
 */
record Progress(
    int epoch,
    int nextBatch,
    long step,
    Schedule.State schedule,
    EarlyStopping.State selection,
    Map<String, Double> best,
    long bestStep) {

  static Progress start(TrainingSettings settings) {
    Selection s = settings.selection();
    EarlyStopping.State none = new EarlyStopping.State(0, 0);
    return new Progress(
        0, 0, 0, settings.schedule().start(), s == null ? none : s.rule().start(), Map.of(), -1);
  }

  /** Now, in an epoch of so many batches. */
  Schedule.Moment moment(int batches) {
    return new Schedule.Moment(step, epoch, (double) nextBatch / batches);
  }

  /** One optimizer step on, which took so many batches. */
  Progress stepped(int batches) {
    return new Progress(epoch, nextBatch + batches, step + 1, schedule, selection, best, bestStep);
  }

  Progress nextEpoch() {
    return new Progress(epoch + 1, 0, step, schedule, selection, best, bestStep);
  }

  /** After an evaluation that no selection judges. */
  Progress evaluated(Map<String, Double> metrics) {
    return new Progress(epoch, nextBatch, step, schedule, selection, metrics, step);
  }

  /** After an evaluation whose deciding metric schedule and selection have seen. */
  Progress judged(
      Schedule.State nextSchedule, EarlyStopping.State nextSelection, Map<String, Double> metrics) {
    boolean better = nextSelection.sinceBest() == 0;
    return new Progress(
        epoch,
        nextBatch,
        step,
        nextSchedule,
        nextSelection,
        better ? metrics : best,
        better ? step : bestStep);
  }
}
