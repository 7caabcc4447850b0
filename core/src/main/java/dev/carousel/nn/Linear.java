package dev.carousel.nn;

import dev.carousel.autograd.Init;
import dev.carousel.autograd.LinearParameter;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Var;

/** {@code y = x Wᵀ + b}, with {@code name.weight} [O, I] and {@code name.bias} [O]. */
public final class Linear {
  private final LinearParameter parameters;

  /** Declares both, the matrix Xavier-uniform, the bias zero. */
  public Linear(ParameterSet.Builder set, String name, int inputs, int outputs) {
    parameters = set.declareLinear(name, inputs, outputs, Init.xavier());
  }

  /** [..., I] to [..., O]. */
  public Var apply(Ops ops, Var x) {
    return ops.linear(x, parameters);
  }
}
