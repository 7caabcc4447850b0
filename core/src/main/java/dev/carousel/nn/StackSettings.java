package dev.carousel.nn;

import dev.carousel.autograd.RnnInit;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.RnnSpec;
import java.util.List;

/**
 * What a stack of forward layers is whose widths may differ.
 *
 * @param cell of every layer
 * @param inputSize C of the first layer
 * @param widths H of each layer, at least one
 * @param between what is dropped of the values between layers
 * @param weightDrop rate at which entries of the hidden-to-hidden matrices are dropped, one mask a
 *     step of the optimizer; 0 to below 1
 * @param init how the weights start
 * @param variant what its cells do beside the plain ones
 */
public record StackSettings(
    Cell cell,
    int inputSize,
    List<Integer> widths,
    ValueDropout between,
    double weightDrop,
    RnnInit init,
    CellVariant variant) {
  /** Copies and checks. */
  public StackSettings {
    widths = List.copyOf(widths);
    if (widths.isEmpty()) {
      throw new IllegalArgumentException("a stack needs at least one layer");
    }
    if (!(weightDrop >= 0 && weightDrop < 1)) {
      throw new IllegalArgumentException("weight drop must be 0 to below 1, not " + weightDrop);
    }
    if (between.rate() > 0 && widths.size() == 1) {
      throw new IllegalArgumentException(
          "dropout between layers needs at least two layers; drop the output of one instead");
    }
    variant.requireFits(cell);
    if (weightDrop > 0 && !variant.plain()) {
      throw new IllegalArgumentException(
          "weight drop is for plain cells, not for %s: leave one of them out".formatted(variant));
    }
  }

  /** Whether one kernel call can run all layers. */
  boolean fused() {
    boolean equal = widths.stream().allMatch(widths.get(0)::equals);
    return equal && between.rate() == 0 && variant.plain();
  }

  /** Layer {@code l} alone. */
  RnnSpec layer(int l) {
    return RnnSpec.of(cell, l == 0 ? inputSize : widths.get(l - 1), widths.get(l));
  }
}
