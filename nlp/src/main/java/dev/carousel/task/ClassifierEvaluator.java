package dev.carousel.task;

import dev.carousel.eval.ClassificationReport;
import dev.carousel.eval.ConfusionMatrix;
import dev.carousel.eval.MultiLabelReport;

/** Compares logits with what is right. */
final class ClassifierEvaluator {
  private static final double NANOS = 1e9;

  private final Labels labels;
  private final Scorer scorer;

  ClassifierEvaluator(Labels labels, Scorer scorer) {
    this.labels = labels;
    this.scorer = scorer;
  }

  Evaluation evaluate(LabelledTexts data) {
    long start = System.nanoTime();
    float[][] logits = scorer.logits(data.texts());
    double seconds = (System.nanoTime() - start) / NANOS;
    return labels.labelling() == Labelling.SINGLE
        ? single(data, logits, seconds)
        : several(data, logits, seconds);
  }

  private Evaluation single(LabelledTexts data, float[][] logits, double seconds) {
    int[] gold = data.labels().stream().mapToInt(ids -> ids[0]).toArray();
    int[] predicted = new int[gold.length];
    double loss = 0;
    for (int i = 0; i < gold.length; i++) {
      predicted[i] = largest(logits[i]);
      loss += logSumExp(logits[i]) - logits[i][gold[i]];
    }
    ClassificationReport report = ClassificationReport.of(labels.names(), gold, predicted);
    return new Evaluation(
        report.accuracy(),
        report.macro().f1(),
        report.micro().f1(),
        loss / gold.length,
        gold.length,
        data.tokens(),
        seconds,
        labels.size() > ConfusionMatrix.MAX_CLASSES
            ? null
            : ConfusionMatrix.of(labels.names(), gold, predicted));
  }

  private Evaluation several(LabelledTexts data, float[][] logits, double seconds) {
    boolean[][] gold = new boolean[data.size()][labels.size()];
    double loss = 0;
    for (int i = 0; i < gold.length; i++) {
      for (int id : data.labels().get(i)) {
        gold[i][id] = true;
      }
      for (int c = 0; c < labels.size(); c++) {
        float x = logits[i][c];
        // −log σ(x) for a yes, −log (1 − σ(x)) for a no, without overflow
        loss += Math.max(x, 0) - (gold[i][c] ? x : 0) + Math.log1p(Math.exp(-Math.abs(x)));
        logits[i][c] = (float) (1 / (1 + Math.exp(-x)));
      }
    }
    MultiLabelReport report =
        MultiLabelReport.of(labels.names(), gold, logits, (float) Prediction.THRESHOLD);
    return new Evaluation(
        report.exactMatch(),
        report.macro().f1(),
        report.micro().f1(),
        loss / ((double) data.size() * labels.size()),
        data.size(),
        data.tokens(),
        seconds,
        null);
  }

  private static int largest(float[] logits) {
    int best = 0;
    for (int c = 1; c < logits.length; c++) {
      if (logits[c] > logits[best]) {
        best = c;
      }
    }
    return best;
  }

  private static double logSumExp(float[] logits) {
    double max = logits[largest(logits)];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    return max + Math.log(sum);
  }
}
