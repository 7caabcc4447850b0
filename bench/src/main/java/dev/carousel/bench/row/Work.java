package dev.carousel.bench.row;

import dev.carousel.bench.row.Product.Operand;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much arithmetic and how much reading a call of a row takes at least. */
public final class Work {
  private final Row row;
  private final RnnSpec spec;

  /** The work of this row. */
  public Work(Row row) {
    this.row = row;
    this.spec = row.spec(Precision.F32);
  }

  /** Multiplications and additions of all matrix products; gates and losses not counted. */
  public double flops() {
    return products().stream().mapToDouble(Product::flops).sum();
  }

  /**
   * The products of a call: for each layer and direction the input of all steps at once and the
   * state step by step; in training both gradients of each; the linear layer of a model, or the
   * steps of a decoder.
   */
  public List<Product> products() {
    List<Product> all = new ArrayList<>();
    for (int l = 0; l < spec.layers(); l++) {
      for (int d = 0; d < spec.direction().count(); d++) {
        layer(all, spec.layerInput(l));
      }
    }
    if (row.task().wholeModel()) {
      Model m = row.model();
      weight(all, m.rows(row), m.classes(), m.features());
    }
    if (row.task().decodes()) {
      decoder(all, row.decoding());
    }
    return all;
  }

  /** What is attended to, the first state, and for each step gates, h̃ and the scores of words. */
  private void decoder(List<Product> all, Decoding d) {
    int h = row.hidden();
    weight(all, Math.toIntExact(row.tokensRead()), h, 2 * h);
    all.add(new Product(row.batch(), h, 2 * h, 2, Operand.WEIGHT));
    all.add(recurrent(d.rows(), 4 * h, 2 * h, d.steps()));
    all.add(recurrent(d.rows(), h, 3 * h, d.steps()));
    all.add(recurrent(d.rows(), Decoding.WORDS, h, d.steps()));
  }

  private void layer(List<Product> all, int input) {
    int gates = spec.gateRows();
    int tokens = Math.toIntExact(row.tokensRead());
    if (row.task() == Task.LONG) {
      int chunks = row.steps() / Row.CHUNK;
      all.add(new Product(row.batch() * Row.CHUNK, gates, input, chunks, Operand.WEIGHT));
    } else {
      weight(all, tokens, gates, input);
    }
    steps().forEach((rows, times) -> all.add(recurrent(rows, gates, spec.hiddenSize(), times)));
    if (row.task().trains()) {
      steps().forEach((rows, times) -> all.add(recurrent(rows, spec.hiddenSize(), gates, times)));
      all.add(new Product(gates, spec.hiddenSize(), tokens, 1, Operand.ACTIVATION));
    }
  }

  private static Product recurrent(int rows, int n, int k, int times) {
    return new Product(rows, n, k, times, Operand.WEIGHT);
  }

  private void weight(List<Product> all, int m, int n, int k) {
    all.add(new Product(m, n, k, 1, Operand.WEIGHT));
    if (row.task().trains()) {
      all.add(new Product(m, k, n, 1, Operand.WEIGHT));
      all.add(new Product(n, k, m, 1, Operand.ACTIVATION));
    }
  }

  /** How many steps there are with so many rows that have not ended. */
  private Map<Integer, Integer> steps() {
    Map<Integer, Integer> steps = new LinkedHashMap<>();
    if (!row.ragged()) {
      steps.put(row.batch(), row.steps());
      return steps;
    }
    int[] lengths = new Values(row).lengths();
    for (int t = 0; t < row.steps(); t++) {
      int active = 0;
      for (int length : lengths) {
        active += length > t ? 1 : 0;
      }
      steps.merge(active, 1, Integer::sum);
    }
    return steps;
  }

  /**
   * Whether reading the weights is the bound rather than the products: one sequence, so that each
   * step reads all of a matrix for one row.
   */
  public boolean boundByReading() {
    return row.batch() == 1 && !row.task().trains() && row.task() != Task.BEAM;
  }

  /** Steps that read weights anew. */
  public int readingSteps() {
    return row.task().decodes() ? row.decoding().steps() : row.steps();
  }

  /**
   * Bytes of weights that each step of one sequence reads anew, in elements of this size. Of a
   * decoder's step these are its own and an even share of what the encoder's steps read.
   */
  public long bytesPerStep(int elementBytes) {
    long recurrent = (long) spec.gateRows() * spec.hiddenSize();
    long weights = 0;
    for (int l = 0; l < spec.layers(); l++) {
      long input = row.steps() == 1 ? (long) spec.gateRows() * spec.layerInput(l) : 0;
      weights += (recurrent + input) * spec.direction().count();
    }
    if (row.task().decodes()) {
      long h = row.hidden();
      long decoder = 4 * h * 2 * h + h * 3 * h + Decoding.WORDS * h;
      weights = weights * row.steps() / readingSteps() + decoder;
    }
    return weights * elementBytes;
  }
}
