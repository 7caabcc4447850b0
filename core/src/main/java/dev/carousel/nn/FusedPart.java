package dev.carousel.nn;

import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Recurrence;
import dev.carousel.autograd.RnnParameter;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import org.jspecify.annotations.Nullable;

/**
 * Layers that are one call of the backend's recurrent kernels.
 *
 * @param weightDrop rate at which entries of U are dropped, 0 to below 1
 */
record FusedPart(RnnParameter weights, double weightDrop) implements RecurrentPart {
  @Override
  public RnnSpec spec() {
    return weights.spec();
  }

  @Override
  public Var apply(Ops ops, Var x, Lengths lengths) {
    return weightDrop == 0
        ? ops.recur(x, lengths, weights)
        : applyWithState(ops, x, lengths, null).y();
  }

  @Override
  public Recurrence applyWithState(Ops ops, Var x, Lengths lengths, @Nullable StateVar initial) {
    return ops.recurDropped(x, lengths, weights, initial, weightDrop);
  }
}
