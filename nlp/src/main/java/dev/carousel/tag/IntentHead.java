package dev.carousel.tag;

import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Var;
import dev.carousel.nn.AttentionPooling;
import dev.carousel.nn.Linear;
import dev.carousel.tensor.Tensor;
import java.util.Objects;

/**
 * One label for a whole sentence: {@code softmax(W drop(attention(y)) + b)}, parameters {@code
 * intent.attention.…}, {@code intent.output.…}.
 */
final class IntentHead {
  private final AttentionPooling pooling;
  private final Linear output;
  private final double dropout;

  /**
   * Declares the parameters.
   *
   * @param features F of the encoded steps
   * @param labels how many there are
   * @param dropout of the pooled features
   */
  IntentHead(ParameterSet.Builder set, int features, int labels, double dropout) {
    this.pooling = new AttentionPooling(set, "intent.attention", features, features);
    this.output = new Linear(set, "intent.output", features, labels);
    this.dropout = dropout;
  }

  private Var logits(Ops ops, EncodedBatch encoded) {
    Var pooled = pooling.apply(ops, encoded.steps(), encoded.lengths()).out();
    return output.apply(ops, ops.dropout(pooled, dropout));
  }

  /**
   * The loss of the batch's labels.
   *
   * @return [2], the sum and the weight of the rows
   */
  Tensor loss(Ops ops, EncodedBatch encoded, TagTensors inputs, LossOptions options) {
    Tensor gold = Objects.requireNonNull(inputs.intents(), "intents to learn from");
    return ops.softmaxLoss(logits(ops, encoded), gold, options);
  }

  /** The best label of each of N sentences. */
  int[] decode(Ops ops, EncodedBatch encoded) {
    Tensor logits = logits(ops, encoded).value();
    int rows = logits.shape().dim(0);
    int labels = logits.shape().dim(1);
    float[] all = new float[rows * labels];
    ops.backend().memory().download(logits, all, 0);
    int[] best = new int[rows];
    for (int r = 0; r < rows; r++) {
      for (int c = 1; c < labels; c++) {
        if (all[r * labels + c] > all[r * labels + best[r]]) {
          best[r] = c;
        }
      }
    }
    return best;
  }
}
