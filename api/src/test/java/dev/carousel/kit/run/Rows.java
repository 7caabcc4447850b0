package dev.carousel.kit.run;

import dev.carousel.kit.run.RnnCase.LengthPattern;
import java.util.function.IntUnaryOperator;

/** Takes single rows out of a batch, each cut to its own length. */
public final class Rows {
  private final RnnCase c;
  private final RnnData data;

  /** The rows of a case and its data. */
  public Rows(RnnCase c, RnnData data) {
    this.c = c;
    this.data = data;
  }

  /** Row {@code n}, not empty, as a case of its own without padding. */
  public RnnCase oneCase(int n) {
    return new RnnCase(c.spec(), data.length(n), 1, LengthPattern.FULL, c.operands(), c.seed());
  }

  /** The numbers of row {@code n}. */
  public RnnData data(int n) {
    return new RnnData(
        data.length(n),
        null,
        sequence(data.x(), n),
        data.weights(),
        state(data.h0(), n),
        state(data.c0(), n),
        sequence(data.dy(), n),
        state(data.dLastH(), n),
        state(data.dLastC(), n));
  }

  /** What a batch's outcome says of row {@code n}; the weights' gradient belongs to no row. */
  public Outcome of(Outcome batch, int n) {
    Outcome row = new Outcome();
    for (String name : batch.names()) {
      switch (name) {
        case "dWeights" -> {}
        case "y", "dx" -> row.put(name, sequence(batch.get(name), n));
        default -> row.put(name, state(batch.get(name), n));
      }
    }
    return row;
  }

  /** An outcome without the weights' gradient. */
  public static Outcome withoutWeights(Outcome all) {
    Outcome rest = new Outcome();
    all.names().stream()
        .filter(name -> !name.equals("dWeights"))
        .forEach(name -> rest.put(name, all.get(name)));
    return rest;
  }

  /** The real steps of row {@code n} of [T, N, features]. */
  private double[] sequence(double[] values, int n) {
    int features = values.length / (c.steps() * c.batch());
    return gather(values, data.length(n), features, t -> t * c.batch() + n);
  }

  /** Row {@code n} of [L·D, N, units]. */
  private double[] state(double[] values, int n) {
    int blocks = c.spec().layers() * c.spec().direction().count();
    int units = values.length / (blocks * c.batch());
    return gather(values, blocks, units, b -> b * c.batch() + n);
  }

  private static double[] gather(double[] from, int count, int width, IntUnaryOperator source) {
    double[] to = new double[count * width];
    for (int i = 0; i < count; i++) {
      System.arraycopy(from, source.applyAsInt(i) * width, to, i * width, width);
    }
    return to;
  }
}
