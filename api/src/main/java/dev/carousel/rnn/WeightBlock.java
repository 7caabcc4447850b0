package dev.carousel.rnn;

import dev.carousel.tensor.Shape;

/**
 * One named block inside a flat weight buffer.
 *
 * @param layer from 0
 * @param reverse whether it belongs to the direction that reads backwards
 * @param role what it is for
 * @param offset its first element
 * @param shape [G·H, in], [G·H, stateSize], [G·H] or [P, H]
 */
public record WeightBlock(int layer, boolean reverse, WeightRole role, long offset, Shape shape) {
  /** PyTorch's parameter name, for example {@code weight_hh_l1_reverse}. */
  public String name() {
    return role.torchName() + "_l" + layer + (reverse ? "_reverse" : "");
  }
}
