package dev.carousel.task;

import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Var;
import dev.carousel.model.TokenBatch;
import dev.carousel.spi.Backend;
import dev.carousel.tensor.Tensor;
import dev.carousel.train.StagedTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The loss of a batch of labelled texts: softmax or, for several labels a text, sigmoid. */
final class ClassifierTask implements StagedTask<TextBatch, ClassifierTask.Tensors>, AutoCloseable {
  private final ClassifierNetwork network;
  private final Labels labels;
  private final LabelLoss loss;

  /**
   * A task.
   *
   * @param classWeights C weights, or null for ones
   * @param loss smoothing and focus
   */
  ClassifierTask(
      Backend backend,
      ClassifierNetwork network,
      Labels labels,
      float @Nullable [] classWeights,
      LossSettings loss) {
    if (loss.smoothing() > 0 && labels.labelling() == Labelling.MULTI) {
      throw new IllegalArgumentException(
          "label smoothing is for data with one label a text; this data has several");
    }
    this.network = network;
    this.labels = labels;
    this.loss = new LabelLoss(backend, loss, classWeights);
  }

  /** The weights of {@code weighting} on {@code data}; null for ones. */
  static float @Nullable [] weights(ClassWeighting weighting, Labels labels, LabelledTexts data) {
    if (weighting == ClassWeighting.NONE) {
      return null;
    }
    int[] counts = new int[labels.size()];
    data.labels().forEach(ids -> count(ids, counts));
    if (labels.labelling() == Labelling.SINGLE) {
      return weighting.weights(counts);
    }
    float[] weights = new float[counts.length];
    for (int c = 0; c < counts.length; c++) {
      weights[c] = (data.size() - counts[c]) / (float) counts[c];
    }
    return weights;
  }

  private static void count(int[] ids, int[] counts) {
    for (int id : ids) {
      counts[id]++;
    }
  }

  /** Tokens, and label ids I32 [N] or, with several labels a text, zeros and ones F32 [N, C]. */
  record Tensors(TokenBatch tokens, Tensor gold) {}

  @Override
  public Tensors upload(Inputs inputs, TextBatch batch) {
    return new Tensors(TokenBatch.upload(inputs, batch.texts()), gold(inputs, batch.labels()));
  }

  private Tensor gold(Inputs inputs, List<int[]> ids) {
    int n = ids.size();
    return labels.labelling() == Labelling.SINGLE
        ? inputs.upload(ids.stream().mapToInt(one -> one[0]).toArray(), n)
        : inputs.upload(targets(ids), n, labels.size());
  }

  private float[] targets(List<int[]> ids) {
    int c = labels.size();
    float[] targets = new float[ids.size() * c];
    for (int row = 0; row < ids.size(); row++) {
      for (int id : ids.get(row)) {
        targets[row * c + id] = 1;
      }
    }
    return targets;
  }

  @Override
  public Tensor launch(Ops ops, Tensors inputs, double weight) {
    Var logits = network.logits(ops, inputs.tokens());
    LossOptions options = loss.options(weight);
    return labels.labelling() == Labelling.SINGLE
        ? ops.softmaxLoss(logits, inputs.gold(), options)
        : ops.sigmoidLoss(logits, inputs.gold(), options);
  }

  @Override
  public double rows(TextBatch batch) {
    return labels.labelling() == Labelling.SINGLE
        ? batch.labels().stream().mapToDouble(one -> loss.weight(one[0])).sum()
        : batch.texts().size();
  }

  @Override
  public long tokens(TextBatch batch) {
    return batch.texts().stream().mapToLong(text -> text.length).sum();
  }

  @Override
  public void close() {
    loss.close();
  }
}
