package dev.carousel.kit.run;

import dev.carousel.kit.run.RnnCase.Operand;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a case, all of them exact in single precision. No bias is zero; what lies beyond a
 * row's length is NaN, so that whoever reads it shows. Arrays are not copied.
 *
 * @param steps T
 * @param lengths null for rows without padding
 * @param x [T, N, C]
 * @param weights as {@link WeightLayout} has them
 * @param h0 [L·D, N, stateSize], zero where the case has no initial state
 * @param c0 [L·D, N, H], empty where the cell has no c
 * @param dy [T, N, D·stateSize]
 * @param dLastH like h0, zero where the case has no dLast
 * @param dLastC like c0
 */
@SuppressWarnings("ArrayRecordComponent") // flat buffers, never compared
public record RnnData(
    int steps,
    int @Nullable [] lengths,
    double[] x,
    double[] weights,
    double[] h0,
    double[] c0,
    double[] dy,
    double[] dLastH,
    double[] dLastC) {

  /** The numbers of {@code c}. */
  public static RnnData of(RnnCase c) {
    RandomValues random = new RandomValues(c.seed());
    RnnSpec spec = c.spec();
    int[] lengths = lengths(c, random);
    int h = Math.toIntExact(spec.hiddenShape(c.batch()).size());
    int cell = spec.cell().hasCellState() ? Math.toIntExact(spec.cellShape(c.batch()).size()) : 0;
    double[] x = random.uniform(c.steps() * c.batch() * spec.inputSize(), 1);
    double[] dy = random.uniform(c.steps() * c.batch() * spec.outputSize(), 1);
    pad(x, lengths, spec.inputSize());
    pad(dy, lengths, spec.outputSize());
    boolean initial = c.has(Operand.INITIAL);
    boolean dLast = c.has(Operand.D_LAST);
    return new RnnData(
        c.steps(),
        lengths,
        x,
        weights(spec, random),
        initial ? random.uniform(h, 1) : new double[h],
        initial ? random.uniform(cell, 1) : new double[cell],
        dy,
        dLast ? random.uniform(h, 1) : new double[h],
        dLast ? random.uniform(cell, 1) : new double[cell]);
  }

  private static int @Nullable [] lengths(RnnCase c, RandomValues random) {
    return switch (c.lengths()) {
      case FULL -> null;
      case RAGGED -> random.integers(c.batch(), 1, c.steps());
      case WITH_EMPTY -> {
        int[] lengths = random.integers(c.batch(), 0, c.steps());
        lengths[c.batch() / 2] = 0;
        yield lengths;
      }
    };
  }

  private static double[] weights(RnnSpec spec, RandomValues random) {
    WeightLayout layout = WeightLayout.of(spec);
    double[] all = new double[Math.toIntExact(layout.size())];
    for (var block : layout.blocks()) {
      int n = Math.toIntExact(block.shape().size());
      double[] values =
          block.shape().rank() == 1
              ? random.awayFromZero(n, 0.1, 0.6)
              : random.uniform(n, 1 / Math.sqrt(spec.hiddenSize()));
      System.arraycopy(values, 0, all, Math.toIntExact(block.offset()), n);
    }
    return all;
  }

  private static void pad(double[] values, int @Nullable [] lengths, int features) {
    if (lengths == null) {
      return;
    }
    for (int row = 0; row < values.length / features; row++) {
      if (row / lengths.length >= lengths[row % lengths.length]) {
        Arrays.fill(values, row * features, (row + 1) * features, Double.NaN);
      }
    }
  }

  /** Steps of row {@code n}. */
  public int length(int n) {
    return lengths == null ? steps : lengths[n];
  }

  /** The same with other weights. */
  public RnnData withWeights(double[] other) {
    return new RnnData(steps, lengths, x, other, h0, c0, dy, dLastH, dLastC);
  }

  /** The same with other lengths; what lies beyond them stays what it is. */
  public RnnData withLengths(int... other) {
    return new RnnData(steps, other, x, weights, h0, c0, dy, dLastH, dLastC);
  }

  /** The elements of a [T, N, features] tensor that lie beyond the rows' lengths. */
  public double[] beyondLengths(double[] values) {
    int[] real = Objects.requireNonNull(lengths);
    int features = values.length / (steps * real.length);
    return IntStream.range(0, values.length)
        .filter(i -> i / features / real.length >= real[i / features % real.length])
        .mapToDouble(i -> values[i])
        .toArray();
  }
}
