package dev.carousel.cuda;

import dev.carousel.cuda.Packing.Lane;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Tensor;

/**
 * Weights in cuDNN's packings: once for the whole network in one call, and once for each direction
 * of each layer alone, which is how batches with lengths are run. Both are made from the flat
 * buffer in two launches, whatever the number of layers.
 */
final class CudaRnnWeights implements RnnWeights {
  private final Gpu gpu;
  private final RnnSpec spec;
  private final Tensor master;
  private final ElementType type;
  private final long packed;
  private final long lanes;
  private final long[] laneOffsets;
  private final long laneBytes;
  private final SegmentTable wholeTable;
  private final SegmentTable laneTable;

  CudaRnnWeights(Gpu gpu, CudaMemory memory, RnnSpec spec, Tensor master) {
    master.require(
        "weights", spec.precision().storage(), Math.toIntExact(WeightLayout.of(spec).size()));
    gpu.address(master);
    gpu.requireNoCapture("pack weights");
    this.gpu = gpu;
    this.spec = spec;
    this.master = master;
    type = ElementType.of(spec.precision());
    laneOffsets = new long[spec.layers() * spec.direction().count()];
    try (DnnNet net = network(spec)) {
      Regions regions = new Regions();
      long whole = regions.take(net.weightBytes());
      long start = regions.take(0);
      Regions ofLanes = new Regions();
      for (int i = 0; i < laneOffsets.length; i++) {
        try (DnnNet lane = network(laneSpec(i))) {
          laneOffsets[i] = ofLanes.take(lane.weightBytes());
        }
      }
      laneBytes = ofLanes.end();
      regions.take(laneBytes);
      packed = gpu.allocate(regions.bytes(), "the packed weights of " + spec) + whole;
      lanes = packed + start;
      try (Gpu.Turn turn = gpu.turn()) {
        turn.driver().zero(packed, regions.bytes());
        wholeTable = new SegmentTable(gpu, memory, type, wholePacking(net));
        laneTable = new SegmentTable(gpu, memory, type, lanePacking(turn));
      }
    }
    refresh();
  }

  private RnnSpec laneSpec(int lane) {
    return Augmented.lane(spec, lane / spec.direction().count());
  }

  private DnnNet network(RnnSpec of) {
    return new DnnNet(gpu, new DnnNetwork(of, Choice.STANDARD), 1, 1, Pass.INFERENCE);
  }

  private Packing wholePacking(DnnNet net) {
    Packing packing = new Packing(spec);
    int directions = spec.direction().count();
    for (int i = 0; i < laneOffsets.length; i++) {
      int pseudoLayer = i;
      int layer = i / directions;
      packing.add(
          new Lane(layer, i % directions, spec.layerInput(layer), 0),
          number -> net.part(pseudoLayer, packed, number));
    }
    return packing;
  }

  /** And sets the weights of the padding's column, once and for all. */
  private Packing lanePacking(Gpu.Turn turn) {
    Packing packing = new Packing(spec);
    int directions = spec.direction().count();
    for (int i = 0; i < laneOffsets.length; i++) {
      RnnSpec lane = laneSpec(i);
      long base = laneOffsets[i] / type.bytes();
      long at = lanes + laneOffsets[i];
      try (DnnNet net = network(lane)) {
        packing.add(
            new Lane(i / directions, i % directions, lane.inputSize(), base),
            number -> net.part(0, at, number));
        if (Augmented.is(spec)) {
          setFlagColumn(turn, net, i, at);
        }
      }
    }
    return packing;
  }

  private void setFlagColumn(Gpu.Turn turn, DnnNet net, int lane, long at) {
    int column = spec.layerInput(lane / spec.direction().count());
    for (int gate = 0; gate < spec.cell().gates(); gate++) {
      turn.kernel(TypedKernels.of("set_column", type))
          .at(at)
          .real(Augmented.weight(spec, gate))
          .size(net.part(0, at, gate).matrix() / type.bytes() + column)
          .size(spec.hiddenSize())
          .size(net.network().spec().inputSize())
          .each(spec.hiddenSize());
    }
  }

  /** The weights of the whole network in cuDNN's packing. */
  long whole() {
    return packed;
  }

  /** Those of direction {@code lane % D} of layer {@code lane / D} alone. */
  long lane(int lane) {
    return lanes + laneOffsets[lane];
  }

  /** Where the gradient of a lane lies in a region of {@link #laneBytes}. */
  long laneOffset(int lane) {
    return laneOffsets[lane];
  }

  /** Bytes of all lanes' weights. */
  long laneBytes() {
    return laneBytes;
  }

  /** Adds gradients packed like {@link #whole} to the flat ones. */
  void addWhole(Gpu.Turn turn, long from, Tensor dWeights) {
    wholeTable.unpackAdd(turn, from, gpu.address(dWeights));
  }

  /** Adds gradients packed like the lanes to the flat ones. */
  void addLanes(Gpu.Turn turn, long from, Tensor dWeights) {
    laneTable.unpackAdd(turn, from, gpu.address(dWeights));
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
    try (Gpu.Turn turn = gpu.turn()) {
      wholeTable.pack(turn, gpu.address(master), packed);
      laneTable.pack(turn, gpu.address(master), lanes);
    }
  }

  @Override
  public void close() {
    try (Gpu.Turn turn = gpu.turn()) {
      turn.driver().synchronize();
      turn.driver().free(packed);
    }
    wholeTable.close();
    laneTable.close();
  }
}
