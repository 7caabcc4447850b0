package dev.carousel.kit.run;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.spi.LinearWeights;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The operands of one kernel call, each with its part in it, so that whatever a kernel promises of
 * its operands can be checked alike for all: outputs that are written start as NaN, those that are
 * added to start at {@link #BEFORE} (left out again by {@link #outcome}), inputs must stay.
 */
public final class KernelCall implements AutoCloseable {
  /** What an output that is added to holds before the call. */
  public static final double BEFORE = 0.5;

  private static final double UNWRITTEN_INT = -77;

  private enum Part {
    INPUT,
    WRITTEN,
    ADDED,
    UPDATED
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Operand(String name, Part part, Tensor tensor, double[] before) {}

  private final Backend backend;
  private final DType type;
  private final DeviceTensors tensors;
  private final List<Operand> operands = new ArrayList<>();
  private final List<LinearWeights> packed = new ArrayList<>();

  /** No operands yet; floating operands will be of {@code type}. */
  public KernelCall(Backend backend, DType type) {
    this.backend = backend;
    this.type = type;
    this.tensors = new DeviceTensors(backend.memory());
  }

  /** The backend. */
  public Backend backend() {
    return backend;
  }

  /** The type of the floating operands. */
  public DType type() {
    return type;
  }

  /** An input. */
  public Tensor in(String name, double[] values, int... dims) {
    return add(name, Part.INPUT, tensors.of(type, values, dims), values);
  }

  /** An input of integers. */
  public Tensor in(String name, int[] values, int... dims) {
    double[] before = Arrays.stream(values).asDoubleStream().toArray();
    return add(name, Part.INPUT, tensors.of(values, dims), before);
  }

  /** An output that is written whatever it held. */
  public Tensor written(String name, int... dims) {
    Tensor t = tensors.empty(type, dims);
    return add(name, Part.WRITTEN, t, filled(t, Double.NaN));
  }

  /** An output of integers. */
  public Tensor writtenInts(String name, int... dims) {
    Tensor t = tensors.empty(DType.I32, dims);
    return add(name, Part.WRITTEN, t, filled(t, UNWRITTEN_INT));
  }

  /** An output that is added to. */
  public Tensor added(String name, int... dims) {
    Tensor t = tensors.empty(type, dims);
    return add(name, Part.ADDED, t, filled(t, BEFORE));
  }

  /** An operand that is read and written. */
  public Tensor updated(String name, double[] values, int... dims) {
    return add(name, Part.UPDATED, tensors.empty(type, dims), values);
  }

  /** The same in double, whatever the type of the others. */
  public Tensor updatedDoubles(String name, double... values) {
    return add(name, Part.UPDATED, tensors.empty(DType.F64, values.length), values);
  }

  /** The same in integers. */
  public Tensor updatedInts(String name, int... values) {
    double[] before = Arrays.stream(values).asDoubleStream().toArray();
    return add(name, Part.UPDATED, tensors.empty(DType.I32, values.length), before);
  }

  /** Scratch. */
  public Tensor bytes(long size) {
    return tensors.empty(DType.BYTE, Math.toIntExact(size));
  }

  /** Weights packed from a matrix, closed with the call. */
  public LinearWeights packed(Tensor matrix, Precision precision) {
    LinearWeights weights = backend.linear().pack(matrix, precision);
    packed.add(weights);
    return weights;
  }

  private static double[] filled(Tensor t, double value) {
    double[] values = new double[Math.toIntExact(t.size())];
    Arrays.fill(values, value);
    return values;
  }

  private Tensor add(String name, Part part, Tensor tensor, double[] before) {
    Operand operand = new Operand(name, part, tensor, before);
    operands.add(operand);
    write(operand);
    return tensor;
  }

  private void write(Operand o) {
    if (o.tensor().type() == DType.I32) {
      int[] ints = Arrays.stream(o.before()).mapToInt(v -> (int) v).toArray();
      backend.memory().upload(ints, 0, o.tensor());
    } else {
      tensors.write(o.before(), o.tensor());
    }
  }

  /** Puts every operand back to what it held before the call. */
  public void reset() {
    operands.forEach(this::write);
  }

  /** The outputs, with what they held before left out where the kernel adds. */
  public Outcome outcome() {
    Outcome all = new Outcome();
    for (Operand o : operands) {
      if (o.part() != Part.INPUT) {
        double[] values = tensors.read(o.tensor());
        if (o.part() == Part.ADDED) {
          Arrays.setAll(values, i -> values[i] - BEFORE);
        }
        all.put(o.name(), values);
      }
    }
    return all;
  }

  /** The inputs as they are now. */
  public Outcome inputs() {
    Outcome all = new Outcome();
    operands.stream()
        .filter(o -> o.part() == Part.INPUT)
        .forEach(o -> all.put(o.name(), tensors.read(o.tensor())));
    return all;
  }

  @Override
  public void close() {
    packed.forEach(LinearWeights::close);
    tensors.close();
  }
}
