package dev.carousel.task;

import dev.carousel.autograd.Eval;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Logits of encoded texts, in batches of similar length. Any number of threads; the order of the
 * answers is the order of the texts.
 */
final class Scorer implements AutoCloseable {
  private static final int MAX_ROWS = 64;
  private static final int MAX_TOKENS = 16_384;

  private final ClassifierNetwork network;
  private final EvalPool evals;

  Scorer(ClassifierNetwork network, EvalPool evals) {
    this.network = network;
    this.evals = evals;
  }

  /** C logits for each of {@code texts}. */
  float[][] logits(List<int[]> texts) {
    float[][] all = new float[texts.size()][];
    for (List<Integer> batch : batches(texts)) {
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

  /** The texts' indices, longest first, cut where rows or tokens would exceed the limits. */
  private static List<List<Integer>> batches(List<int[]> texts) {
    List<Integer> order =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> -texts.get(i).length))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    int at = 0;
    while (at < order.size()) {
      int steps = TokenBatch.steps(texts.get(order.get(at)).length);
      int rows = Math.max(1, Math.min(MAX_ROWS, MAX_TOKENS / steps));
      int end = Math.min(order.size(), at + rows);
      batches.add(order.subList(at, end));
      at = end;
    }
    return batches;
  }

  @Override
  public void close() {
    evals.close();
  }
}
