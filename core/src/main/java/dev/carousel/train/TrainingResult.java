package dev.carousel.train;

import java.util.Map;

/**
 * How a training ended. Unless it was interrupted, the parameters are those of the best evaluation
 * if a selection was set, otherwise the last ones.
 *
 * @param reason why it ended
 * @param epochs epochs done
 * @param steps optimizer steps done, across restarts
 * @param best the metrics of the best evaluation; without a selection, of the last; empty without
 *     an evaluation
 * @param bestStep optimizer steps done at that evaluation
 */
public record TrainingResult(
    TrainingEvent.Reason reason, int epochs, long steps, Map<String, Double> best, long bestStep) {}
