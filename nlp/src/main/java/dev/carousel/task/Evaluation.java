package dev.carousel.task;

import dev.carousel.eval.ConfusionMatrix;
import dev.carousel.eval.Measurement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
    @Nullable ConfusionMatrix confusion)
    implements Measurement {

  @Override
  public Map<String, Number> figures() {
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("accuracy", accuracy);
    figures.put("macroF1", macroF1);
    figures.put("loss", loss);
    figures.put("examples", examples);
    return figures;
  }

  @Override
  public String summary() {
    return String.format(
        Locale.ROOT,
        "accuracy %.4f  macro F1 %.4f  loss %.4f  on %d texts",
        accuracy,
        macroF1,
        loss,
        examples);
  }
}
