package dev.carousel.nn;

import dev.carousel.autograd.Observer.Step;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.RnnSpec;

/** A cell's step, written in operations; see {@link dev.carousel.rnn.Cell} for the equations. */
sealed interface CellEquations permits ElmanEquations, GruEquations, LstmEquations {
  /** Ready for one run. */
  @FunctionalInterface
  interface Begun {
    /**
     * A step: its gates and the state after it, [1, N, H] each.
     *
     * @param x what the gates get of the input, [1, N, G·H]
     * @param u what they get of h, [1, N, G·H]
     * @param before the state before it
     */
    Step step(Var x, Var u, StateVar before);
  }

  /** Begins a run over {@code rows} rows. */
  Begun begin(Ops ops, int rows);

  /** Those of {@code spec}, declaring what they have beside the weights of a plain cell. */
  static CellEquations declare(
      ParameterSet.Builder set, String name, String suffix, RnnSpec spec, CellVariant variant) {
    return switch (spec.cell()) {
      case LSTM -> LstmEquations.declare(set, name, suffix, spec.hiddenSize(), variant);
      case GRU -> new GruEquations(spec.hiddenSize(), variant.candidateDropout());
      case RNN_TANH, RNN_RELU -> new ElmanEquations(spec.cell());
      case GRU_RESET_BEFORE ->
          throw new AssertionError("refused by CellVariant.requireFits: " + spec);
    };
  }
}
