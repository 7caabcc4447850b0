package dev.carousel.train;

import dev.carousel.autograd.Eval;
import dev.carousel.autograd.Init;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Plans;
import dev.carousel.autograd.Var;
import dev.carousel.nn.Embedding;
import dev.carousel.nn.Linear;
import dev.carousel.nn.Recurrent;
import dev.carousel.nn.RecurrentSettings;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.Pooling;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A small task that needs memory: which of {@value #WORDS} words came first in a sequence of random
 * words? A guess is right once in {@value #WORDS} times.
 */
final class Recall implements TrainingTask<Recall.Batch>, AutoCloseable {
  static final int WORDS = 4;

  private static final long BUDGET = 16L << 20;
  private static final int UNITS = 16;

  private final Backend backend = Backends.named("reference", 1);
  private final ParameterSet parameters;
  private final Embedding embedding;
  private final Recurrent recurrent;
  private final Linear head;
  private final double dropout;

  /** Sequences of one length: words [T, N], and the first of each. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Batch(int[] words, int steps, int rows) {
    static Batch random(long seed, int steps, int rows) {
      return new Batch(
          new SplittableRandom(seed).ints((long) steps * rows, 0, WORDS).toArray(), steps, rows);
    }
  }

  Recall(Cell cell, double dropout, long seed) {
    ParameterSet.Builder set = ParameterSet.builder();
    this.embedding = new Embedding(set, "embedding", WORDS, 8, Init.normal(1));
    this.recurrent = new Recurrent(set, "rnn", RecurrentSettings.of(RnnSpec.of(cell, 8, UNITS)));
    this.head = new Linear(set, "head", UNITS, WORDS);
    this.dropout = dropout;
    this.parameters = set.build(backend, seed);
  }

  ParameterSet parameters() {
    return parameters;
  }

  /** {@code count} batches an epoch, other ones in each, of lengths and sizes that vary. */
  static BatchSource<Batch> batches(int count) {
    return epoch ->
        new Batches<>() {
          @Override
          public int size() {
            return count;
          }

          @Override
          public Batch get(int index) {
            return Batch.random(1000L * epoch + index, 3 + index % 3, 2 + index % 4);
          }
        };
  }

  private Var logits(Ops ops, Batch batch) {
    Tensor ids = upload(ops, batch.words(), batch.steps(), batch.rows());
    Lengths lengths = Lengths.full(batch.steps(), batch.rows());
    Var x = ops.dropout(embedding.apply(ops, ids), dropout);
    Var h = recurrent.apply(ops, x, lengths);
    return head.apply(ops, ops.pool(Pooling.LAST, Direction.FORWARD, h, lengths));
  }

  private static Tensor upload(Ops ops, int[] values, int... dims) {
    Tensor t = ops.take(DType.I32, dims);
    ops.backend().memory().upload(values, 0, t);
    return t;
  }

  @Override
  public Tensor loss(Ops ops, Batch batch, double weight) {
    int[] first = java.util.Arrays.copyOf(batch.words(), batch.rows());
    return ops.softmaxLoss(
        logits(ops, batch), upload(ops, first, batch.rows()), LossOptions.PLAIN.withWeight(weight));
  }

  @Override
  public double rows(Batch batch) {
    return batch.rows();
  }

  @Override
  public long tokens(Batch batch) {
    return batch.words().length;
  }

  /** Accuracy and mean loss on one batch. */
  Map<String, Double> measure(Batch batch) {
    try (Plans plans = new Plans(backend.rnn(), 4);
        Eval eval = new Eval(backend, plans, BUDGET)) {
      eval.begin();
      float[] logits = new float[batch.rows() * WORDS];
      backend.memory().download(logits(eval, batch).value(), logits, 0);
      float[] loss = new float[2];
      backend.memory().download(loss(eval, batch, 1), loss, 0);
      int right = 0;
      for (int n = 0; n < batch.rows(); n++) {
        right += largest(logits, n) == batch.words()[n] ? 1 : 0;
      }
      return Map.of("accuracy", right / (double) batch.rows(), "loss", (double) loss[0] / loss[1]);
    }
  }

  private static int largest(float[] logits, int row) {
    int best = 0;
    for (int c = 1; c < WORDS; c++) {
      if (logits[row * WORDS + c] > logits[row * WORDS + best]) {
        best = c;
      }
    }
    return best;
  }

  @Override
  public void close() {
    parameters.close();
    backend.close();
  }
}
