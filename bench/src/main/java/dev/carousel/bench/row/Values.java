package dev.carousel.bench.row;

import dev.carousel.rnn.Precision;
import dev.carousel.rnn.WeightBlock;
import dev.carousel.rnn.WeightLayout;
import java.util.Arrays;

/**
 * The numbers of a row: the same in every process, so that all peers compute the same thing.
 * Weights are laid out as {@link WeightLayout} says, which is PyTorch's order. Every method makes a
 * new array.
 */
public final class Values {
  /** Steps that the answer of a {@link Task#STEP} row consists of. */
  public static final int ANSWER_STEPS = 5;

  /** Chunks at most after which a {@link Task#LONG} row is compared. */
  public static final int ANSWER_CHUNKS = 3;

  /** Optimizer steps whose losses are the answer of a {@link Task#wholeModel} row. */
  public static final int ANSWER_LOSSES = 3;

  /** The shortest sequence of a ragged batch. */
  static final int SHORTEST = 5;

  private static final double TABLE_BOUND = 0.1;
  private static final double STATE_BOUND = 0.5;

  private final Row row;
  private final WeightLayout layout;

  /** What each array is drawn for, with a seed of its own. */
  private enum Use {
    WEIGHTS(1),
    INPUT(2),
    HIDDEN(3),
    CELL(4),
    OUTPUT_GRADIENT(5),
    IDS(6),
    GOLD(7),
    TABLE(8),
    MATRIX(9),
    BIAS(10),
    LENGTHS(11);

    private final int seed;

    Use(int seed) {
      this.seed = seed;
    }
  }

  /** The numbers of this row. */
  public Values(Row row) {
    this.row = row;
    this.layout = WeightLayout.of(row.spec(Precision.F32));
  }

  /** Where each block of {@link #weights} lies. */
  public WeightLayout layout() {
    return layout;
  }

  /** All weights of the network, uniform within 1/√H. */
  public float[] weights() {
    return uniform(Use.WEIGHTS, layout.size(), 1 / Math.sqrt(row.hidden()));
  }

  /** One block of {@link #weights}. */
  public static float[] block(float[] weights, WeightBlock block) {
    int from = Math.toIntExact(block.offset());
    return Arrays.copyOfRange(weights, from, from + (int) block.shape().size());
  }

  /** The input of a call, [T, N, C] with T of {@link Row#callSteps}, uniform within 1. */
  public float[] x() {
    return uniform(Use.INPUT, (long) row.callSteps() * row.batch() * row.hidden(), 1);
  }

  /** The initial h, [L, N, H]: zeros but for {@link Task#STEP}. */
  public float[] h0() {
    return state(Use.HIDDEN);
  }

  /** The initial c, [L, N, H]: zeros but for {@link Task#STEP}. */
  public float[] c0() {
    return state(Use.CELL);
  }

  private float[] state(Use use) {
    long size = (long) row.layers() * row.direction().count() * row.batch() * row.hidden();
    return uniform(use, size, row.task() == Task.STEP ? STATE_BOUND : 0);
  }

  /** The gradient at the output, [T, N, D·H], uniform within 1. */
  public float[] dy() {
    return uniform(Use.OUTPUT_GRADIENT, outputSize(), 1);
  }

  /** Elements of the output of a call. */
  public int outputSize() {
    return Math.toIntExact(
        row.spec(Precision.F32).outputShape(row.callSteps(), row.batch()).size());
  }

  /**
   * Steps of each sequence of a call, [N]: all of them, or spread evenly from 5 to T and then
   * shuffled.
   */
  public int[] lengths() {
    int n = row.batch();
    int[] lengths = new int[n];
    Arrays.fill(lengths, row.callSteps());
    if (row.ragged()) {
      for (int i = 1; i < n; i++) {
        lengths[i] = row.steps() - i * (row.steps() - SHORTEST) / (n - 1);
      }
      shuffle(lengths);
    }
    return lengths;
  }

  /** Fisher and Yates's, from the end. */
  private static void shuffle(int[] numbers) {
    float[] draws = uniform(Use.LENGTHS, numbers.length, 1);
    for (int i = numbers.length - 1; i > 0; i--) {
      int j = Math.min(i, (int) ((draws[i] + 1) / 2 * (i + 1)));
      int kept = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = kept;
    }
  }

  /** Ids of words, [T, N]. */
  public int[] ids() {
    return below(Use.IDS, row.batch() * row.steps(), row.model().words());
  }

  /** Ids of classes, [T, N] or [N]. */
  public int[] gold() {
    return below(Use.GOLD, row.model().rows(row), row.model().classes());
  }

  /** The embedding, [V, C]. */
  public float[] table() {
    return uniform(Use.TABLE, (long) row.model().words() * row.hidden(), TABLE_BOUND);
  }

  /** The matrix of the linear layer, [K, F]. */
  public float[] matrix() {
    Model m = row.model();
    return uniform(Use.MATRIX, (long) m.classes() * m.features(), TABLE_BOUND);
  }

  /** The bias of the linear layer, [K]. */
  public float[] bias() {
    return uniform(Use.BIAS, row.model().classes(), TABLE_BOUND);
  }

  private static int[] below(Use use, int size, int bound) {
    return Draws.below(use.seed, size, bound);
  }

  private static float[] uniform(Use use, long size, double bound) {
    return Draws.uniform(use.seed, size, bound);
  }
}
