package dev.carousel.reference;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Tensor;

/** A network's weights, lane by lane, in double. */
final class PackedRnnWeights implements RnnWeights {
  private final RnnSpec spec;
  private final Tensor master;
  private final WeightLayout layout;
  private final CellMath cell;
  private final LaneWeights[] lanes;

  PackedRnnWeights(RnnSpec spec, Tensor master, WeightLayout layout, CellMath cell) {
    this.spec = spec;
    this.master = master;
    this.layout = layout;
    this.cell = cell;
    this.lanes = new LaneWeights[spec.layers() * spec.direction().count()];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = new LaneWeights(spec, i / spec.direction().count());
    }
    refresh();
  }

  /**
   * The same, known to be this backend's.
   *
   * @throws IllegalArgumentException if another backend packed them
   */
  static PackedRnnWeights of(RnnWeights weights) {
    if (weights instanceof PackedRnnWeights own) {
      return own;
    }
    throw new IllegalArgumentException(
        "weights packed by the reference backend are needed, not "
            + weights.getClass().getSimpleName());
  }

  LaneWeights lane(int layer, int direction) {
    return lanes[layer * spec.direction().count() + direction];
  }

  @Override
  public RnnSpec spec() {
    return spec;
  }

  @Override
  public Tensor master() {
    return master;
  }

  @Override
  public void refresh() {
    int directions = spec.direction().count();
    for (int i = 0; i < lanes.length; i++) {
      lanes[i].refresh(layout, i / directions, i % directions, master, cell);
    }
  }

  @Override
  public void close() {
    // the garbage collector's
  }
}
