package dev.carousel.rnn;

import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The state of a network between two steps, or its gradient.
 *
 * @param h [L·D, N, stateSize]
 * @param c [L·D, N, H] for an LSTM, null for every other cell
 */
public record RnnState(Tensor h, @Nullable Tensor c) {
  /**
   * Checks both parts against a network and a batch (rule R8).
   *
   * @param name what this state is, for the message
   * @throws IllegalArgumentException naming both shapes, or the missing or superfluous c
   */
  public void require(String name, RnnSpec spec, int batch) {
    DType type = spec.precision().storage();
    h.require(name + ".h", type, spec.hiddenShape(batch).dims());
    if (spec.cell().hasCellState() != (c != null)) {
      throw new IllegalArgumentException(
          "%s.c must be %s for %s"
              .formatted(name, spec.cell().hasCellState() ? "given" : "null", spec.cell()));
    }
    if (c != null) {
      c.require(name + ".c", type, spec.cellShape(batch).dims());
    }
  }
}
