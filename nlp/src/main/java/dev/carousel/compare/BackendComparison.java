package dev.carousel.compare;

import dev.carousel.kit.run.Deviation;
import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnData;
import dev.carousel.kit.run.Tolerance;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Pass;
import dev.carousel.spi.UnsupportedSpecException;
import java.util.ArrayList;
import java.util.List;

/**
 * How far one backend is from another on one recurrent network: outputs, last states, every
 * gradient, and the weights after ten optimizer steps; and how long each takes.
 *
 * <pre>{@code
 * RnnCase shape = RnnCase.of(RnnSpec.of(Cell.LSTM, 300, 200), 20, 32, LengthPattern.RAGGED, 1);
 * try (Backend truth = Backends.named("reference"); Backend mine = Backends.named("cpu")) {
 *   assertThat(BackendComparison.of(truth, mine, shape).beyondTolerance()).isEmpty();
 * }
 * }</pre>
 *
 * @param truth the judge's name and arithmetic
 * @param other the name and arithmetic of the one that is judged
 * @param shape what both ran
 * @param deviations the largest deviation of every tensor
 * @param truthTimes of the judge
 * @param times of the one that is judged
 */
public record BackendComparison(
    String truth,
    String other,
    RnnCase shape,
    List<Deviation> deviations,
    CallTimes truthTimes,
    CallTimes times) {
  /** Optimizer steps that both take. */
  public static final int STEPS = 10;

  /**
   * Runs both.
   *
   * @param truth computes in double if it can, otherwise in the shape's arithmetic
   * @param other computes in the shape's arithmetic
   * @throws UnsupportedSpecException if one of them cannot run the network, with the reason
   */
  public static BackendComparison of(Backend truth, Backend other, RnnCase shape) {
    RnnCase exact = inDoubleIfPossible(truth, shape);
    RnnData data = RnnData.of(shape);
    Trial a = Trial.run(truth, exact, data);
    Trial b = Trial.run(other, shape, data);
    List<Deviation> deviations = new ArrayList<>();
    for (Outcome[] pair : new Outcome[][] {{b.call(), a.call()}, {b.trained(), a.trained()}}) {
      deviations.addAll(pair[0].from(pair[1]));
    }
    return new BackendComparison(
        name(truth, exact), name(other, shape), shape, deviations, a.times(), b.times());
  }

  private static String name(Backend backend, RnnCase c) {
    return backend.name() + " " + c.spec().precision();
  }

  private static RnnCase inDoubleIfPossible(Backend truth, RnnCase shape) {
    RnnCase exact = shape.withPrecision(Precision.F64);
    try {
      truth.rnn().plan(exact.spec(), 1, 1, Pass.TRAINING).close();
      return exact;
    } catch (UnsupportedSpecException e) {
      return shape;
    }
  }

  /** What the contract's tolerance for the arithmetic does not allow. */
  public List<Deviation> beyondTolerance() {
    Tolerance tolerance = Tolerance.of(shape.spec().precision());
    return deviations.stream().filter(d -> !tolerance.allows(d)).toList();
  }
}
