package dev.carousel.nn;

import dev.carousel.autograd.Observer.Step;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.spi.Activation;
import java.util.List;

/**
 * A GRU that resets after the product; with d for dropout of the candidate
 *
 * <pre>
 * r, z = σ(x_rz + u_rz)     n = tanh(x_n + r ⊙ u_n)     h' = d(n) + z ⊙ (h − d(n))
 * </pre>
 *
 * @param units H
 * @param candidateDropout rate of d, drawn at each step
 */
record GruEquations(int units, double candidateDropout) implements CellEquations {
  @Override
  public Begun begin(Ops ops, int rows) {
    return (x, u, before) -> step(ops, x, u, before);
  }

  private Step step(Ops ops, Var x, Var u, StateVar before) {
    List<Var> ofInput = ops.split(x, 2 * units, units);
    List<Var> ofHidden = ops.split(u, 2 * units, units);
    Var both = ops.add(ofInput.get(0), ofHidden.get(0));
    List<Var> gates = ops.split(ops.activate(Activation.SIGMOID, both), units, units);
    Var reset = ops.multiply(gates.get(0), ofHidden.get(1));
    Var candidate = ops.activate(Activation.TANH, ops.add(ofInput.get(1), reset));
    Var kept = ops.dropout(candidate, candidateDropout);
    Var change = ops.add(before.h(), ops.scale(kept, -1));
    Var h = ops.add(kept, ops.multiply(gates.get(1), change));
    return new Step(List.of(gates.get(0), gates.get(1), kept), new StateVar(h, null));
  }
}
