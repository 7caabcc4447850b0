package dev.carousel.nn;

import dev.carousel.autograd.Ops;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pooling;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which units of a state take their new value at a step and which keep the old one: the padding of
 * a row keeps all, zoneout some. One for all directions of a layer in one call.
 */
final class StateMasks {
  private final Ops ops;
  private final RnnSpec spec;
  private final CellVariant variant;
  private final int steps;
  private final int rows;
  private final @Nullable Var real;
  private final @Nullable Mixture padding;

  private StateMasks(
      Ops ops, RnnSpec spec, CellVariant variant, Lengths lengths, @Nullable Var real) {
    this.ops = ops;
    this.spec = spec;
    this.variant = variant;
    this.steps = lengths.maxSteps();
    this.rows = lengths.batch();
    this.real = real;
    this.padding = real == null ? null : mixture(ones(steps, rows));
  }

  static StateMasks of(Ops ops, Lengths lengths, RnnSpec spec, CellVariant variant) {
    Var real = lengths.full() ? null : ops.constant(realSteps(ops, lengths, spec.hiddenSize()));
    return new StateMasks(ops, spec, variant, lengths, real);
  }

  /**
   * 1 on real steps, 0 beyond a row's length, [T, N, H]; made where the lengths are. The gradient
   * of a mean is 1 / length on real steps: times 2T and cut off at 1 it is the mask, exactly.
   */
  private static Tensor realSteps(Ops ops, Lengths lengths, int units) {
    int n = lengths.batch();
    Tensor ones = ops.take(DType.F32, n, units);
    Tensor shares = ops.take(DType.F32, lengths.maxSteps(), n, units);
    Tensor mask = ops.take(DType.F32, lengths.maxSteps(), n, units);
    ops.backend().memory().fill(ones, 1);
    ops.backend().memory().fill(mask, 0);
    ops.backend().pooling().backward(Pooling.MEAN, Direction.FORWARD, lengths, ones, null, shares);
    ops.backend().elementwise().addScaled(2.0 * lengths.maxSteps(), shares, mask);
    ops.backend().elementwise().clamp(mask, 1);
    return mask;
  }

  /** y [T, N, H] with zeros beyond each row's length. */
  Var realSteps(Var y) {
    return real == null ? y : ops.multiply(y, real);
  }

  /** Draws those of one direction. */
  Drawn draw() {
    Mixture ofHidden = mixture(variant.zoneout());
    boolean alike = variant.zoneout() == 0 && variant.cellZoneout() == 0;
    boolean apart = spec.cell().hasCellState() && !alike;
    Mixture ofCell = apart ? mixture(variant.cellZoneout()) : ofHidden;
    return new Drawn(ops, hiddenMask(), ofHidden, ofCell);
  }

  /** The same units at every step, 0 or 1 / (1 − rate); null where nothing is dropped. */
  private @Nullable Var hiddenMask() {
    if (variant.hiddenDropout() == 0) {
      return null;
    }
    Var ones = ones(1, rows);
    Var mask = ops.dropout(ones, variant.hiddenDropout());
    return mask == ones ? null : mask;
  }

  private @Nullable Mixture mixture(double zoneout) {
    // in evaluation nothing is dropped, and 1 − zoneout is the expectation
    return zoneout == 0
        ? padding
        : mixture(ops.scale(ops.dropout(ones(steps, rows), zoneout), 1 - zoneout));
  }

  private Mixture mixture(Var fresh) {
    Var taken = realSteps(fresh);
    Var kept = ops.add(ones(steps, rows), ops.scale(taken, -1));
    return new Mixture(ops.steps(taken), ops.steps(kept));
  }

  private Var ones(int t, int n) {
    Tensor ones = ops.take(DType.F32, t, n, spec.hiddenSize());
    ops.backend().memory().fill(ones, 1);
    return ops.constant(ones);
  }

  /**
   * The masks of one direction.
   *
   * @param ofHidden what becomes of h; null if all of it is new at each step
   * @param ofCell the same of c
   */
  record Drawn(
      Ops ops, @Nullable Var hiddenMask, @Nullable Mixture ofHidden, @Nullable Mixture ofCell) {
    /** h as U sees it. */
    Var hidden(Var h) {
      return hiddenMask == null ? h : ops.multiply(h, hiddenMask);
    }

    /** The state that is handed on after step {@code t}. */
    StateVar carried(int t, StateVar before, StateVar next) {
      Var h = ofHidden == null ? next.h() : ofHidden.of(ops, t, before.h(), next.h());
      Var c = next.c();
      if (c != null && before.c() != null && ofCell != null) {
        c = ofCell.of(ops, t, before.c(), c);
      }
      return new StateVar(h, c);
    }
  }

  /**
   * Shares of new and old values, which sum to 1; for each step [1, N, H].
   *
   * @param fresh of the new
   * @param kept of the old
   */
  private record Mixture(List<Var> fresh, List<Var> kept) {
    Var of(Ops ops, int t, Var before, Var next) {
      return ops.add(ops.multiply(next, fresh.get(t)), ops.multiply(before, kept.get(t)));
    }
  }
}
