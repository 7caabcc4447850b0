package dev.carousel.cpu.onednn;

import dev.carousel.rnn.WeightRole;

/**
 * One packing of one kind of matrix that some kernel reads.
 *
 * @param index where packed weights keep it
 * @param role W, U or the projection
 * @param upper for W: whether it is that of the layers above the first, which read another size
 * @param layout the packing
 */
record WeightForm(int index, WeightRole role, boolean upper, Layout layout) {
  /** Whether layer {@code layer} has such a matrix. */
  boolean belongsTo(int layer) {
    return role != WeightRole.INPUT_WEIGHT || upper == layer > 0;
  }
}
