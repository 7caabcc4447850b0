package dev.carousel.nn;

import dev.carousel.autograd.Init;
import dev.carousel.autograd.Observer.Step;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.spi.Activation;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An LSTM; with d for dropout of the candidate, p for peepholes (absent: 0) and s for the scaled
 * and shifted norm of c (absent: c' itself)
 *
 * <pre>
 * i = σ(z_i + p_i ⊙ c)     f = σ(z_f + p_f ⊙ c)     c' = f ⊙ c + i ⊙ d(tanh(z_g))
 * o = σ(z_o + p_o ⊙ c')    h' = o ⊙ tanh(s(c'))
 * </pre>
 *
 * @param units H
 * @param candidateDropout rate of d, drawn at each step
 * @param peephole p, [3, H] in the order i, f, o; or null
 * @param norm gain and shift of s; or null
 */
record LstmEquations(
    int units, double candidateDropout, @Nullable Parameter peephole, @Nullable Norm norm)
    implements CellEquations {
  /** Peepholes see i and f of c before the step, o of c after it. */
  private static final int PEEPHOLES = 3;

  /** Gain and shift of the norm of c, [H] each. */
  record Norm(Parameter gain, Parameter shift) {}

  static LstmEquations declare(
      ParameterSet.Builder set, String name, String suffix, int units, CellVariant variant) {
    // a gate that begins without a look at c is that of a plain cell
    Parameter peephole =
        variant.wiring() == CellWiring.PEEPHOLE
            ? set.declare(name + ".peephole" + suffix, Init.constant(0), PEEPHOLES, units)
            : null;
    Norm norm =
        variant.wiring() == CellWiring.LAYER_NORM
            ? new Norm(
                set.declare(name + ".gain_c" + suffix, Init.constant(1), units),
                set.declare(name + ".shift_c" + suffix, Init.constant(0), units))
            : null;
    return new LstmEquations(units, variant.candidateDropout(), peephole, norm);
  }

  @Override
  public Begun begin(Ops ops, int rows) {
    List<Var> holes = peephole == null ? List.of() : spread(ops, peephole, rows);
    return (x, u, before) -> step(ops, ops.add(x, u), before, holes);
  }

  /** A row of the parameter for each gate, the same for all rows of the batch: [1, N, H] each. */
  private static List<Var> spread(Ops ops, Parameter table, int rows) {
    List<Var> each = new ArrayList<>();
    for (int gate = 0; gate < PEEPHOLES; gate++) {
      Tensor ids = ops.take(DType.I32, 1, rows);
      ops.backend().memory().fill(ids, gate);
      each.add(ops.embed(ids, table));
    }
    return each;
  }

  private Step step(Ops ops, Var sums, StateVar before, List<Var> holes) {
    Var c = Objects.requireNonNull(before.c(), "c");
    List<Var> z = ops.split(sums, units, units, units, units);
    Var i = ops.activate(Activation.SIGMOID, look(ops, z.get(0), holes, 0, c));
    Var f = ops.activate(Activation.SIGMOID, look(ops, z.get(1), holes, 1, c));
    Var g = ops.dropout(ops.activate(Activation.TANH, z.get(2)), candidateDropout);
    Var next = ops.add(ops.multiply(f, c), ops.multiply(i, g));
    Var o = ops.activate(Activation.SIGMOID, look(ops, z.get(3), holes, 2, next));
    Var seen = norm == null ? next : ops.layerNorm(next, norm.gain(), norm.shift());
    Var h = ops.multiply(o, ops.activate(Activation.TANH, seen));
    return new Step(List.of(i, f, g, o), new StateVar(h, next));
  }

  private static Var look(Ops ops, Var z, List<Var> holes, int gate, Var c) {
    return holes.isEmpty() ? z : ops.add(z, ops.multiply(holes.get(gate), c));
  }
}
