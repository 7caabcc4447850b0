package dev.carousel.rnn;

import dev.carousel.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each block lies in the one flat weight buffer of a network (rule R3): layer by layer,
 * within a layer the forward direction first, within a direction W, U, b, b', projection. These are
 * PyTorch's parameters in PyTorch's order, so a checkpoint is a plain view of the buffer, and one
 * layer of a stack is one contiguous slice. A kernel that wants another packing keeps a shadow
 * ({@code RnnWeights}); the layout is the same for every backend.
 */
public final class WeightLayout {
  private final RnnSpec spec;
  private final List<WeightBlock> blocks;
  private final long size;

  private WeightLayout(RnnSpec spec, List<WeightBlock> blocks, long size) {
    this.spec = spec;
    this.blocks = blocks;
    this.size = size;
  }

  /** The layout of {@code spec}; its precision does not matter. */
  public static WeightLayout of(RnnSpec spec) {
    List<WeightBlock> blocks = new ArrayList<>();
    long at = 0;
    for (int l = 0; l < spec.layers(); l++) {
      for (int d = 0; d < spec.direction().count(); d++) {
        for (WeightRole role : WeightRole.values()) {
          if (role == WeightRole.PROJECTION && spec.projectionSize() == 0) {
            continue;
          }
          Shape shape = shape(spec, l, role);
          blocks.add(new WeightBlock(l, d == 1, role, at, shape));
          at += shape.size();
        }
      }
    }
    return new WeightLayout(spec, List.copyOf(blocks), at);
  }

  private static Shape shape(RnnSpec spec, int layer, WeightRole role) {
    int rows = spec.gateRows();
    return switch (role) {
      case INPUT_WEIGHT -> Shape.of(rows, spec.layerInput(layer));
      case HIDDEN_WEIGHT -> Shape.of(rows, spec.stateSize());
      case INPUT_BIAS, HIDDEN_BIAS -> Shape.of(rows);
      case PROJECTION -> Shape.of(spec.projectionSize(), spec.hiddenSize());
    };
  }

  /** Number of weights. */
  public long size() {
    return size;
  }

  /** All blocks, in buffer order. */
  public List<WeightBlock> blocks() {
    return blocks;
  }

  /**
   * One block.
   *
   * @param layer 0 to L − 1
   * @param direction 0 forward, 1 backward
   * @throws IllegalArgumentException if the network has no such block
   */
  public WeightBlock block(int layer, int direction, WeightRole role) {
    for (WeightBlock b : blocks) {
      if (b.layer() == layer && b.reverse() == (direction == 1) && b.role() == role) {
        return b;
      }
    }
    throw new IllegalArgumentException(
        "no %s in layer %d, direction %d of %s".formatted(role, layer, direction, spec));
  }

  /** First element of layer {@code layer}'s slice. */
  public long layerOffset(int layer) {
    return block(layer, 0, WeightRole.INPUT_WEIGHT).offset();
  }

  /** Elements of layer {@code layer}'s slice, which is itself laid out as {@code spec.layer}. */
  public long layerSize(int layer) {
    return (layer + 1 < spec.layers() ? layerOffset(layer + 1) : size) - layerOffset(layer);
  }
}
