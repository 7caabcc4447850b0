package dev.carousel.kit.run;

import dev.carousel.spi.Memory;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tensors in a backend's memory, made from and read back as doubles; closing frees them all. */
public final class DeviceTensors implements AutoCloseable {
  private final Memory memory;
  private final List<Storage> storages = new ArrayList<>();

  /** Nothing yet. */
  public DeviceTensors(Memory memory) {
    this.memory = memory;
  }

  /** A tensor of {@code type}, F64 or F32, holding {@code values}. */
  public Tensor of(DType type, double[] values, int... dims) {
    Tensor t = empty(type, dims);
    write(values, t);
    return t;
  }

  /** An I32 tensor. */
  public Tensor of(int[] values, int... dims) {
    Tensor t = empty(DType.I32, dims);
    memory.upload(values, 0, t);
    return t;
  }

  /** A tensor full of NaN: what is not written later shows. */
  public Tensor unwritten(DType type, int... dims) {
    Tensor t = empty(type, dims);
    unwrite(t);
    return t;
  }

  /** Fills a tensor with NaN. */
  public void unwrite(Tensor t) {
    double[] nan = new double[Math.toIntExact(t.size())];
    Arrays.fill(nan, Double.NaN);
    write(nan, t);
  }

  /** Zeroed memory. */
  public Tensor empty(DType type, int... dims) {
    Shape shape = Shape.of(dims);
    Storage storage = memory.allocate(type, shape.size());
    storages.add(storage);
    return new Tensor(storage, 0, shape);
  }

  /** Overwrites an F64 or F32 tensor. */
  public void write(double[] values, Tensor to) {
    if (to.type() == DType.F64) {
      memory.upload(values, 0, to);
      return;
    }
    float[] single = new float[values.length];
    for (int i = 0; i < single.length; i++) {
      single[i] = (float) values[i];
    }
    memory.upload(single, 0, to);
  }

  /** The elements of an F64, F32 or I32 tensor. */
  public double[] read(Tensor from) {
    double[] values = new double[Math.toIntExact(from.size())];
    switch (from.type()) {
      case F64 -> memory.download(from, values, 0);
      case F32 -> {
        float[] single = new float[values.length];
        memory.download(from, single, 0);
        Arrays.setAll(values, i -> single[i]);
      }
      case I32 -> {
        int[] ints = new int[values.length];
        memory.download(from, ints, 0);
        Arrays.setAll(values, i -> ints[i]);
      }
      case BF16, F16, BYTE ->
          throw new IllegalArgumentException("cannot read " + from.type() + " as doubles");
    }
    return values;
  }

  @Override
  public void close() {
    storages.forEach(Storage::close);
  }
}
