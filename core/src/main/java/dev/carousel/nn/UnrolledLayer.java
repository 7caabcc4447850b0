package dev.carousel.nn;

import dev.carousel.autograd.CellParameter;
import dev.carousel.autograd.Observer.Step;
import dev.carousel.autograd.Observer.Stepped;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Recurrence;
import dev.carousel.autograd.RnnInit;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a {@link CellVariant}, in one or both directions. W x is one product for all steps;
 * then each step is some kernel calls, which a tape remembers one by one. Rows are carried through
 * their padding by masks that the device makes of the lengths, so that a recorded step may be
 * replayed with others. The values of x must be finite, beyond a row's length too.
 */
final class UnrolledLayer implements RecurrentPart {
  private final String name;
  private final int number;
  private final RnnSpec spec;
  private final CellVariant variant;
  private final List<UnrolledDirection> directions = new ArrayList<>();

  /** The settings of its stack, as far as a layer needs them. */
  record Settings(CellVariant variant, RnnInit init) {}

  /**
   * Declares {@code name.weight_ih_l0} and so on as a plain layer would, with layer normalisation
   * also {@code name.gain_ih_l0} and {@code gain_hh_l0} [G·H] and for an LSTM {@code gain_c_l0} and
   * {@code shift_c_l0} [H], with peepholes {@code name.peephole_l0} [3, H] in the order i, f, o.
   *
   * @param spec of one layer
   * @param number of the layer in the names
   */
  UnrolledLayer(
      ParameterSet.Builder set, String name, RnnSpec spec, int number, Settings settings) {
    this.name = name;
    this.number = number;
    this.spec = spec;
    this.variant = settings.variant();
    if (spec.precision() != set.precision()) {
      throw new IllegalArgumentException(
          "%s computes in the precision of its parameter set, %s, not in %s"
              .formatted(variant, set.precision(), spec.precision()));
    }
    List<CellParameter> weights = set.declareCells(name, spec, number, settings.init());
    for (int d = 0; d < weights.size(); d++) {
      String suffix = "_l" + number + (d == 0 ? "" : "_reverse");
      CellWeights cell = new CellWeights(set, weights.get(d), variant, spec);
      directions.add(
          new UnrolledDirection(cell, CellEquations.declare(set, name, suffix, spec, variant)));
    }
  }

  @Override
  public RnnSpec spec() {
    return spec;
  }

  @Override
  public Var apply(Ops ops, Var x, Lengths lengths) {
    return applyWithState(ops, x, lengths, null).y();
  }

  @Override
  public Recurrence applyWithState(Ops ops, Var x, Lengths lengths, @Nullable StateVar initial) {
    Var in = ops.readable(x);
    StateMasks masks = StateMasks.of(ops, lengths, spec, variant);
    List<StateVar> before = states(ops, lengths.batch(), initial);
    List<Var> outputs = new ArrayList<>();
    List<StateVar> after = new ArrayList<>();
    for (int d = 0; d < directions.size(); d++) {
      boolean backwards = d == 1;
      List<Step> steps = directions.get(d).run(ops, in, before.get(d), masks, backwards);
      ops.show(new Stepped(name, number, backwards, spec.cell(), in, lengths, steps));
      outputs.add(
          masks.realSteps(ops.stack(steps.stream().map(step -> step.after().h()).toList())));
      after.add(steps.get(backwards ? 0 : steps.size() - 1).after());
    }
    return outputs.size() == 1
        ? new Recurrence(outputs.get(0), after.get(0))
        : new Recurrence(ops.concat(outputs.toArray(Var[]::new)), joined(ops, after));
  }

  /** The state of each direction, [1, N, H]. */
  private List<StateVar> states(Ops ops, int rows, @Nullable StateVar initial) {
    boolean hasCell = spec.cell().hasCellState();
    List<StateVar> each = new ArrayList<>();
    if (initial == null) {
      Tensor zeros = ops.take(DType.F32, 1, rows, spec.hiddenSize());
      ops.backend().memory().fill(zeros, 0);
      Var zero = ops.constant(zeros);
      directions.forEach(d -> each.add(new StateVar(zero, hasCell ? zero : null)));
      return each;
    }
    initial.require("initial", spec, rows);
    List<Var> h = ops.steps(initial.h());
    List<Var> c = initial.c() == null ? List.of() : ops.steps(initial.c());
    for (int d = 0; d < h.size(); d++) {
      each.add(new StateVar(h.get(d), hasCell ? c.get(d) : null));
    }
    return each;
  }

  private static StateVar joined(Ops ops, List<StateVar> each) {
    List<Var> c = new ArrayList<>();
    for (StateVar s : each) {
      if (s.c() != null) {
        c.add(s.c());
      }
    }
    return new StateVar(
        ops.stack(each.stream().map(StateVar::h).toList()), c.isEmpty() ? null : ops.stack(c));
  }
}
