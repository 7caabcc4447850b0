package dev.carousel.task;

import dev.carousel.autograd.Eval;
import dev.carousel.model.EvalPool;
import dev.carousel.model.LengthBatches;
import dev.carousel.model.TokenBatch;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Logits of encoded texts, in batches of similar length. Any number of threads; the order of the
 * answers is the order of the texts.
 */
final class Scorer implements AutoCloseable {
  private final ClassifierNetwork network;
  private final EvalPool evals;

  Scorer(ClassifierNetwork network, EvalPool evals) {
    this.network = network;
    this.evals = evals;
  }

  /** C logits for each of {@code texts}. */
  float[][] logits(List<int[]> texts) {
    float[][] all = new float[texts.size()][];
    for (List<Integer> batch : LengthBatches.of(texts.size(), i -> texts.get(i).length)) {
      float[][] part = evals.run(eval -> logits(eval, batch.stream().map(texts::get).toList()));
      for (int i = 0; i < part.length; i++) {
        all[batch.get(i)] = part[i];
      }
    }
    return all;
  }

  private float[][] logits(Eval eval, List<int[]> batch) {
    Tensor logits = network.logits(eval, TokenBatch.upload(eval, batch)).value();
    int labels = logits.shape().dim(1);
    float[] flat = new float[batch.size() * labels];
    eval.backend().memory().download(logits, flat, 0);
    return IntStream.range(0, batch.size())
        .mapToObj(row -> Arrays.copyOfRange(flat, row * labels, (row + 1) * labels))
        .toArray(float[][]::new);
  }

  EvalPool evals() {
    return evals;
  }

  @Override
  public void close() {
    evals.close();
  }
}
