package dev.carousel.autograd;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.RnnState;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent state as values of a tape.
 *
 * @param h [L·D, N, stateSize]
 * @param c [L·D, N, H] for an LSTM, otherwise null
 */
public record StateVar(Var h, @Nullable Var c) {
  /**
   * Checks both parts against a network and a batch, as {@link RnnState#require}.
   *
   * @throws IllegalArgumentException naming both shapes, or the missing or superfluous c
   */
  public void require(String name, RnnSpec spec, int batch) {
    values().require(name, spec, batch);
  }

  RnnState values() {
    return new RnnState(h.value(), c == null ? null : c.value());
  }

  boolean needsGradient() {
    return h.needsGradient() || (c != null && c.needsGradient());
  }

  /** Memory for the gradients of both parts. */
  RnnState like(Tape tape) {
    return new RnnState(tape.like(h), c == null ? null : tape.like(c));
  }

  /** The gradients that arrived, zeros for a part that got none; null if neither did. */
  @Nullable RnnState gradients(Tape tape) {
    if (h.gradient() == null && (c == null || c.gradient() == null)) {
      return null;
    }
    return new RnnState(tape.gradientOrZeros(h), c == null ? null : tape.gradientOrZeros(c));
  }

  void accumulate(Tape tape, RnnState d) {
    tape.accumulate(h, d.h());
    Tensor dc = d.c();
    if (c != null && dc != null) {
      tape.accumulate(c, dc);
    }
  }
}
