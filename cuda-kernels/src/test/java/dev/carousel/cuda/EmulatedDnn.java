package dev.carousel.cuda;

import dev.carousel.cuda.Choice.Algorithm;
import dev.carousel.kit.oracle.RnnOracle;
import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.kit.run.RnnData;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * cuDNN's recurrent networks by the contract kit's oracle, with cuDNN's manners: a packing of the
 * weights of its own ({@link EmulatedWeights}), no lengths, descriptions that must fit, and a
 * backward that destroys the reserve space, which holds forward's inputs and later the weights'
 * gradient.
 */
final class EmulatedDnn implements Dnn {
  /** A status that cuDNN returns for what it does not support. */
  private static final int NOT_SUPPORTED = 3000;

  private final EmulatedDriver driver;
  private final Map<Long, DnnNetwork> networks = new HashMap<>();
  private final Map<Long, int[]> shapes = new HashMap<>();
  private long next = 1;

  EmulatedDnn(EmulatedDriver driver) {
    this.driver = driver;
  }

  /** Descriptions that were not given back. */
  int outstanding() {
    return networks.size() + shapes.size();
  }

  @Override
  public CudaVersion version() {
    return new CudaVersion(9, 19);
  }

  @Override
  public long createNetwork(DnnNetwork network) {
    Algorithm a = network.choice().algorithm();
    if (a == Algorithm.PERSIST_DYNAMIC
        || (a != Algorithm.STANDARD && network.spec().projectionSize() > 0)) {
      throw new LibraryException("cudnnSetRNNDescriptor_v8", NOT_SUPPORTED, "NOT_SUPPORTED");
    }
    networks.put(next, network);
    return next++;
  }

  @Override
  public void buildDynamic(long network, int batch) {
    throw new LibraryException("cudnnBuildRNNDynamic", NOT_SUPPORTED, "NOT_SUPPORTED");
  }

  @Override
  public void destroyNetwork(long network) {
    Objects.requireNonNull(networks.remove(network), "no such network");
  }

  private long shape(int... dims) {
    shapes.put(next, dims);
    return next++;
  }

  @Override
  public long createSequences(DnnNetwork network, int steps, int batch, int features) {
    if (steps > Chunks.LIMIT) {
      throw new LibraryException("cudnnSetRNNDataDescriptor", NOT_SUPPORTED, "NOT_SUPPORTED");
    }
    return shape(steps, batch, features);
  }

  @Override
  public void destroySequences(long sequences) {
    Objects.requireNonNull(shapes.remove(sequences), "no such sequences");
  }

  @Override
  public long createStates(DnnNetwork network, int batch, int units) {
    return shape(batch, units);
  }

  @Override
  public void destroyStates(long states) {
    Objects.requireNonNull(shapes.remove(states), "no such states");
  }

  private DnnNetwork network(long id) {
    return Objects.requireNonNull(networks.get(id), "no such network");
  }

  @Override
  public long weightBytes(long network) {
    DnnNetwork n = network(network);
    return (long) EmulatedWeights.of(n.spec()).size() * n.type().bytes();
  }

  @Override
  public WeightPart part(long network, int pseudoLayer, long weights, int part) {
    DnnNetwork n = network(network);
    return EmulatedWeights.of(n.spec()).part(pseudoLayer, part, n.type().bytes());
  }

  @Override
  public Sizes sizes(long network, long x, Pass pass) {
    DnnNetwork n = network(network);
    int[] dims = Objects.requireNonNull(shapes.get(x), "no such sequences");
    RnnSpec spec = n.spec();
    long inputs = (long) dims[0] * dims[1] * dims[2];
    long states = spec.hiddenShape(dims[1]).size() + spec.cellShape(dims[1]).size();
    long doubles = Math.max(inputs + states, EmulatedWeights.of(spec).size());
    return new Sizes(64, pass == Pass.TRAINING ? 8 * doubles : 0);
  }

  /** The operands of one call as doubles. */
  private record Operands(RnnCase c, RnnData data, ElementType type) {}

  private Operands operands(DnnCall call, double[] x, double[] h, double[] cell, Gradient dy) {
    DnnNetwork n = network(call.network);
    int[] dims = Objects.requireNonNull(shapes.get(call.xDesc), "no such x");
    int[] out = Objects.requireNonNull(shapes.get(call.yDesc), "no such y");
    if (dims[2] != n.spec().inputSize() || out[2] != n.spec().outputSize() || out[0] != dims[0]) {
      throw new LibraryException("cudnnRNNForward", 2000, "BAD_PARAM");
    }
    RnnSpec spec = n.spec().withPrecision(Precision.F64);
    RnnCase c = RnnCase.of(spec, dims[0], dims[1], LengthPattern.FULL, 0);
    EmulatedWeights layout = EmulatedWeights.of(n.spec());
    double[] packed = HostFloats.read(n.type(), call.weights, layout.size());
    RnnData data =
        new RnnData(dims[0], null, x, layout.toFlat(packed), h, cell, dy.y(), dy.h(), dy.c());
    return new Operands(c, data, n.type());
  }

  /** The gradient of the outputs. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Gradient(double[] y, double[] h, double[] c) {}

  private double[] read(DnnCall call, long address, int size) {
    return HostFloats.read(network(call.network).type(), address, size);
  }

  private int xSize(DnnCall call) {
    int[] d = Objects.requireNonNull(shapes.get(call.xDesc));
    return d[0] * d[1] * d[2];
  }

  private int ySize(DnnCall call) {
    int[] d = Objects.requireNonNull(shapes.get(call.yDesc));
    return d[0] * d[1] * d[2];
  }

  private int stateSize(DnnCall call) {
    int[] d = Objects.requireNonNull(shapes.get(call.xDesc));
    return (int) network(call.network).spec().hiddenShape(d[1]).size();
  }

  private int cellSize(DnnCall call) {
    RnnSpec spec = network(call.network).spec();
    int[] d = Objects.requireNonNull(shapes.get(call.xDesc));
    return spec.cell().hasCellState() ? (int) spec.cellShape(d[1]).size() : 0;
  }

  @Override
  public void forward(DnnCall operands) {
    if (driver.isIdle()) {
      return;
    }
    DnnCall call = copyOf(operands);
    driver.start(() -> forwardNow(call));
  }

  private void forwardNow(DnnCall call) {
    double[] x = read(call, call.x, xSize(call));
    double[] h = read(call, call.hx, stateSize(call));
    double[] c = read(call, call.cx, cellSize(call));
    Gradient none =
        new Gradient(new double[ySize(call)], new double[h.length], new double[c.length]);
    Operands o = operands(call, x, h, c, none);
    Outcome all = RnnOracle.of(o.c(), o.data());
    HostFloats.write(o.type(), call.y, all.get("y"));
    HostFloats.write(o.type(), call.hy, all.get("last.h"));
    if (c.length > 0) {
      HostFloats.write(o.type(), call.cy, all.get("last.c"));
    }
    if (call.pass == Pass.TRAINING) {
      EmulatedReserve.write(call.reserve, x, h, c);
    }
  }

  @Override
  public void backwardData(DnnCall operands) {
    if (driver.isIdle()) {
      return;
    }
    DnnCall call = copyOf(operands);
    driver.start(() -> backwardDataNow(call));
  }

  private void backwardDataNow(DnnCall call) {
    double[][] kept =
        EmulatedReserve.read(call.reserve, xSize(call), stateSize(call), cellSize(call));
    Gradient g =
        new Gradient(
            read(call, call.dy, ySize(call)),
            read(call, call.dhy, stateSize(call)),
            read(call, call.dcy, cellSize(call)));
    Operands o = operands(call, kept[0], kept[1], kept[2], g);
    Outcome all = RnnOracle.of(o.c(), o.data());
    HostFloats.write(o.type(), call.dx, all.get("dx"));
    HostFloats.write(o.type(), call.dhx, all.get("dInitial.h"));
    if (kept[2].length > 0) {
      HostFloats.write(o.type(), call.dcx, all.get("dInitial.c"));
    }
    EmulatedWeights layout = EmulatedWeights.of(network(call.network).spec());
    EmulatedReserve.write(call.reserve, layout.toPacked(all.get("dWeights")));
  }

  @Override
  public void backwardWeights(DnnCall operands) {
    if (driver.isIdle()) {
      return;
    }
    DnnCall call = copyOf(operands);
    driver.start(
        () -> {
          ElementType type = network(call.network).type();
          int size = EmulatedWeights.of(network(call.network).spec()).size();
          double[] added = EmulatedReserve.read(call.reserve, size)[0];
          double[] sum = HostFloats.read(type, call.dWeights, size);
          for (int i = 0; i < size; i++) {
            sum[i] += added[i];
          }
          HostFloats.write(type, call.dWeights, sum);
        });
  }

  private static DnnCall copyOf(DnnCall from) {
    DnnCall to = new DnnCall();
    for (var field : DnnCall.class.getDeclaredFields()) {
      try {
        field.set(to, field.get(from));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
    return to;
  }

  @Override
  public void close() {
    // descriptions are counted, not freed
  }
}
