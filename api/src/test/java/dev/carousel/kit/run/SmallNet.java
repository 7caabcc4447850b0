package dev.carousel.kit.run;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import java.util.Arrays;

/**
 * A tagger small enough to be computed by hand: embedding, bidirectional LSTM, linear layer,
 * softmax loss, gradient descent with momentum and clipping. One flat buffer holds all parameters:
 * table, recurrent weights, matrix, bias.
 */
public final class SmallNet {
  /** Steps. */
  public static final int T = 5;

  /** Rows. */
  public static final int N = 3;

  /** Words. */
  public static final int V = 11;

  /** Features of a word. */
  public static final int D = 5;

  /** Units in each direction. */
  public static final int H = 6;

  /** Labels. */
  public static final int K = 4;

  /** Learning rate. */
  public static final double RATE = 0.2;

  /** The largest norm that is not clipped. */
  public static final double MAX_NORM = 0.5;

  /** Of the momentum. */
  public static final double MOMENTUM = 0.9;

  private SmallNet() {}

  /** The recurrent layer. */
  public static RnnSpec spec(Precision precision) {
    return RnnSpec.of(Cell.LSTM, D, H)
        .withDirection(Direction.BIDIRECTIONAL)
        .withPrecision(precision);
  }

  /** Steps of each row. */
  public static int[] lengths() {
    return new int[] {3, 5, 1};
  }

  /** Words, [T, N]; none beyond the lengths. */
  public static int[] ids() {
    return padded(new RandomValues(81).integers(T * N, 0, V - 1));
  }

  /** Labels, [T, N]; none beyond the lengths. */
  public static int[] gold() {
    return padded(new RandomValues(82).integers(T * N, 0, K - 1));
  }

  private static int[] padded(int[] values) {
    Arrays.setAll(values, i -> i / N < lengths()[i % N] ? values[i] : -1);
    return values;
  }

  /** Where the recurrent weights begin. */
  public static int rnnAt() {
    return V * D;
  }

  /** Where the matrix begins. */
  public static int matrixAt() {
    return rnnAt() + Math.toIntExact(WeightLayout.of(spec(Precision.F64)).size());
  }

  /** Where the bias begins. */
  public static int biasAt() {
    return matrixAt() + K * 2 * H;
  }

  /** Number of parameters. */
  public static int size() {
    return biasAt() + K;
  }

  /** The parameters before the first step. */
  public static double[] parameters() {
    return new RandomValues(83).uniform(size(), 0.4);
  }
}
