package dev.carousel.reference;

import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.CrfKernels;
import dev.carousel.spi.CrfLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Conditional random fields, one row after another; the arithmetic is in {@link CrfLattice}. */
final class ReferenceCrf implements CrfKernels {
  @Override
  public long workBytes(int steps, int batch, int labels) {
    return (long) Double.BYTES * CrfLattice.size(steps, labels);
  }

  @Override
  public void loss(CrfLoss io) {
    Tensor emissions = io.emissions().values();
    Lengths lengths = io.emissions().lengths();
    int[] dims = emissions.shape().dims();
    CrfLattice lattice = lattice(io.emissions(), io.transitions(), io.work());
    io.gold().require("gold", DType.I32, dims[0], dims[1]);
    Ints gold = Ints.of(io.gold());
    int rows = requireGold(gold, lengths, dims[2]);
    if (!io.loss().shape().is(2)) {
      throw new IllegalArgumentException("loss must have shape [2], not " + io.loss().shape());
    }
    Reals de = optional("dEmissions", io.dEmissions(), emissions);
    Reals dt = optional("dTransitions", io.dTransitions(), io.transitions());
    if (io.dEmissions() != null) {
      Operands.disjoint("emissions", emissions, "dEmissions", io.dEmissions());
    }
    double factor = rows > 0 ? io.scale() / rows : 0;
    double sum = 0;
    for (int n = 0; n < lengths.batch(); n++) {
      lattice.read(Reals.of("emissions", emissions), n, lengths.at(n));
      if (lengths.at(n) > 0) {
        double logPartition = lattice.forward();
        sum += logPartition - lattice.score(gold, n);
        if (de != null || dt != null) {
          lattice.backward(logPartition);
          lattice.subtractGold(gold, n);
        }
      }
      if (de != null) {
        lattice.writeGradient(de, n, factor);
      }
    }
    if (dt != null) {
      lattice.addTransitionGradient(dt, factor);
    }
    Reals loss = Reals.of("loss", io.loss());
    loss.set(0, sum);
    loss.set(1, rows);
  }

  private static @Nullable Reals optional(String name, @Nullable Tensor t, Tensor like) {
    if (t == null) {
      return null;
    }
    t.require(name, like.type(), like.shape().dims());
    return Reals.of(name, t);
  }

  /** Checks the labels within the lengths; returns the number of rows that have any. */
  private static int requireGold(Ints gold, Lengths lengths, int labels) {
    int rows = 0;
    for (int n = 0; n < lengths.batch(); n++) {
      for (int t = 0; t < lengths.at(n); t++) {
        int label = gold.get(t * lengths.batch() + n);
        if (label < 0 || label >= labels) {
          throw new IllegalArgumentException(
              "gold label of step %d, row %d must be 0 to %d, not %d"
                  .formatted(t, n, labels - 1, label));
        }
      }
      rows += lengths.at(n) > 0 ? 1 : 0;
    }
    return rows;
  }

  @Override
  public void viterbi(
      Sequences emissions, Tensor transitions, Tensor path, Tensor score, Tensor work) {
    Tensor values = emissions.values();
    Lengths lengths = emissions.lengths();
    CrfLattice lattice = lattice(emissions, transitions, work);
    path.require("path", DType.I32, lengths.maxSteps(), lengths.batch());
    score.require("score", values.type(), lengths.batch());
    Ints labels = Ints.of(path);
    Reals scores = Reals.of("score", score);
    for (int n = 0; n < lengths.batch(); n++) {
      lattice.read(Reals.of("emissions", values), n, lengths.at(n));
      scores.set(n, lattice.best(labels, n));
    }
  }

  private CrfLattice lattice(Sequences emissions, Tensor transitions, Tensor work) {
    Tensor values = emissions.values();
    int steps = emissions.lengths().maxSteps();
    int batch = emissions.lengths().batch();
    int labels = values.shape().dim(2);
    transitions.require("transitions", values.type(), labels + 2, labels);
    long bytes = workBytes(steps, batch, labels);
    if (work.type() != DType.BYTE || work.size() < bytes) {
      throw new IllegalArgumentException(
          "work must be a BYTE tensor of at least %d elements, not %s %s"
              .formatted(bytes, work.type(), work.shape()));
    }
    int at = ScratchStorage.first("work", work);
    return new CrfLattice(
        ScratchStorage.of("work", work),
        at,
        new CrfLattice.Sizes(steps, batch, labels),
        Reals.of("transitions", transitions));
  }
}
