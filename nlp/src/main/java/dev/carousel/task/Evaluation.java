package dev.carousel.task;

import dev.carousel.eval.ConfusionMatrix;
import org.jspecify.annotations.Nullable;

/**
 * How well a classifier does on a data set.
 *
 * @param accuracy share of texts that are right, 0 to 1; where texts have several labels, the share
 *     whose labels are exactly right
 * @param macroF1 mean of the labels' F1, 0 to 1
 * @param microF1 F1 of all decisions together, 0 to 1; the accuracy where each text has one label
 * @param loss mean cross entropy in nats, without label smoothing or class weights
 * @param examples texts
 * @param tokens tokens that were read
 * @param seconds that scoring took
 * @param confusion what was taken for what; null where texts have several labels
 */
public record Evaluation(
    double accuracy,
    double macroF1,
    double microF1,
    double loss,
    int examples,
    long tokens,
    double seconds,
    @Nullable ConfusionMatrix confusion) {

  /** Tokens a second. */
  public double tokensPerSecond() {
    return seconds > 0 ? tokens / seconds : 0;
  }
}
