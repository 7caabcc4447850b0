package dev.carousel.nn;

import dev.carousel.autograd.Init;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Var;
import dev.carousel.tensor.Tensor;

/** A table of V rows of C features, {@code name.weight}. */
public final class Embedding {
  private final Parameter table;

  /** Declares the table. */
  public Embedding(ParameterSet.Builder set, String name, int rows, int features, Init init) {
    table = set.declare(name + ".weight", init, rows, features);
  }

  /** The table, [V, C], say to tie an output layer to it. */
  public Parameter table() {
    return table;
  }

  /** Ids I32 [...] to rows [..., C]; a negative id gives zeros. */
  public Var apply(Ops ops, Tensor ids) {
    return ops.embed(ids, table);
  }
}
