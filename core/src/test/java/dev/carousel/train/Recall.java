package dev.carousel.train;

import dev.carousel.autograd.Eval;
import dev.carousel.autograd.Init;
import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Plans;
import dev.carousel.autograd.Var;
import dev.carousel.nn.CellVariant;
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
import dev.carousel.tensor.Tensor;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A small task that needs memory: which of {@value #WORDS} words came first in a sequence of random
 * words? A guess is right once in {@value #WORDS} times.
 */
final class Recall implements StagedTask<Recall.Batch, Recall.Tensors>, AutoCloseable {
  static final int WORDS = 4;

  private static final long BUDGET = 16L << 20;
  private static final int UNITS = 16;

  private final Backend backend;
  private final ParameterSet parameters;
  private final Embedding embedding;
  private final Recurrent recurrent;
  private final Linear head;
  private final double dropout;

  /** Sequences of words [T, N] and how long each is. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Batch(int[] words, int steps, int... lengths) {
    int rows() {
      return lengths.length;
    }

    static Batch random(long seed, int steps, int rows) {
      int[] full = new int[rows];
      java.util.Arrays.fill(full, steps);
      return new Batch(
          new SplittableRandom(seed).ints((long) steps * rows, 0, WORDS).toArray(), steps, full);
    }

    /** The same with rows of 1 to T steps. */
    static Batch ragged(long seed, int steps, int rows) {
      int[] lengths = new SplittableRandom(seed + 7).ints(rows, 1, steps + 1).toArray();
      return new Batch(random(seed, steps, rows).words(), steps, lengths);
    }
  }

  Recall(Cell cell, double dropout, long seed) {
    this(Backends.named("reference", 1), cell, dropout, seed);
  }

  /** On a backend that it closes. */
  Recall(Backend backend, Cell cell, double dropout, long seed) {
    this(backend, cell, CellVariant.PLAIN, dropout, seed);
  }

  /** With such cells. */
  Recall(Backend backend, Cell cell, CellVariant variant, double dropout, long seed) {
    this.backend = backend;
    ParameterSet.Builder set = ParameterSet.builder();
    this.embedding = new Embedding(set, "embedding", WORDS, 8, Init.normal(1));
    RecurrentSettings settings = RecurrentSettings.of(RnnSpec.of(cell, 8, UNITS));
    this.recurrent = new Recurrent(set, "rnn", settings.withVariant(variant));
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
            return Batch.ragged(1000L * epoch + index, 3 + index % 3, 2 + index % 4);
          }
        };
  }

  /** Words [T, N], their lengths, and the first word of each row. */
  record Tensors(Tensor words, Lengths lengths, Tensor first) {}

  @Override
  public Tensors upload(Inputs inputs, Batch batch) {
    return new Tensors(
        inputs.upload(batch.words(), batch.steps(), batch.rows()),
        inputs.lengths(batch.steps(), batch.lengths()),
        inputs.upload(java.util.Arrays.copyOf(batch.words(), batch.rows()), batch.rows()));
  }

  private Var logits(Ops ops, Tensors in) {
    Var x = ops.dropout(embedding.apply(ops, in.words()), dropout);
    Var h = recurrent.apply(ops, x, in.lengths());
    return head.apply(ops, ops.pool(Pooling.LAST, Direction.FORWARD, h, in.lengths()));
  }

  @Override
  public Tensor launch(Ops ops, Tensors in, double weight) {
    return ops.softmaxLoss(logits(ops, in), in.first(), LossOptions.PLAIN.withWeight(weight));
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
      Tensors in = upload(Inputs.ofStep(eval), batch);
      backend.memory().download(logits(eval, in).value(), logits, 0);
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
