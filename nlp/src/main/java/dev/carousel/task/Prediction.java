package dev.carousel.task;

import dev.carousel.text.Extent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a classifier says of one text.
 *
 * @param label the label with the highest score
 * @param scores every label's probability, the highest first; they sum to 1 unless a text may have
 *     several labels
 * @param extent how much of the text it has read; {@link Extent#cut} tells whether that was all
 */
public record Prediction(String label, Map<String, Double> scores, Extent extent) {
  /** The least probability at which {@link #labels()} includes a label. */
  public static final double THRESHOLD = 0.5;

  /** Copies the scores in their order. */
  public Prediction {
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
  }

  /** The probabilities that belong to a row of logits. */
  static Prediction of(Labels labels, float[] logits, Extent extent) {
    double[] probabilities =
        labels.labelling() == Labelling.SINGLE ? softmax(logits) : sigmoid(logits);
    List<Integer> order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer c) -> -probabilities[c]))
            .toList();
    Map<String, Double> scores = new LinkedHashMap<>();
    order.forEach(c -> scores.put(labels.names().get(c), probabilities[c]));
    return new Prediction(labels.names().get(order.get(0)), scores, extent);
  }

  /** The probability of {@link #label}. */
  public double score() {
    return scores.getOrDefault(label, 0.0);
  }

  /** The labels that are more likely than not, for models that give several; it may be empty. */
  public List<String> labels() {
    List<String> likely = new ArrayList<>();
    scores.forEach(
        (name, score) -> {
          if (score >= THRESHOLD) {
            likely.add(name);
          }
        });
    return likely;
  }

  /** The {@code k} highest scores, the highest first. */
  public Map<String, Double> top(int k) {
    return scores.entrySet().stream()
        .limit(k)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  private static double[] softmax(float[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double[] p = new double[logits.length];
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      p[c] = Math.exp(logits[c] - max);
      sum += p[c];
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= sum;
    }
    return p;
  }

  private static double[] sigmoid(float[] logits) {
    double[] p = new double[logits.length];
    for (int c = 0; c < p.length; c++) {
      p[c] = 1 / (1 + Math.exp(-logits[c]));
    }
    return p;
  }
}
