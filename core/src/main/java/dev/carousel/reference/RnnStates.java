package dev.carousel.reference;

import dev.carousel.rnn.RnnState;
import org.jspecify.annotations.Nullable;

/**
 * The values of a state, or of its gradient, that may be absent.
 *
 * @param h [L·D, N, stateSize], or null
 * @param c [L·D, N, H], or null
 */
record RnnStates(@Nullable Reals h, @Nullable Reals c) {
  static RnnStates of(@Nullable RnnState state) {
    if (state == null) {
      return new RnnStates(null, null);
    }
    Reals c = state.c() == null ? null : Reals.of("c", state.c());
    return new RnnStates(Reals.of("h", state.h()), c);
  }
}
