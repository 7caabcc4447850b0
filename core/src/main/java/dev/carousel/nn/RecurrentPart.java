package dev.carousel.nn;

import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Recurrence;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import org.jspecify.annotations.Nullable;

/** One or several recurrent layers that have one state. */
sealed interface RecurrentPart permits FusedPart, UnrolledLayer {
  /** The network, whose shapes those of its state are. */
  RnnSpec spec();

  /** x [T, N, C] from a zero state to [T, N, D·H], zero beyond a row's length. */
  Var apply(Ops ops, Var x, Lengths lengths);

  /**
   * The same, carrying the state.
   *
   * @param initial null for zeros
   */
  Recurrence applyWithState(Ops ops, Var x, Lengths lengths, @Nullable StateVar initial);
}
