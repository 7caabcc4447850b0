package dev.carousel.train;

import dev.carousel.autograd.Inputs;
import dev.carousel.spi.Memory;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch on its way: the arrays that a task uploads, in order, still on the host. Their shapes are
 * the key of a recording, so a task need not say which of its batches are alike.
 */
final class Staging implements Inputs {
  private final List<Shape> shapes = new ArrayList<>();
  private final List<Object> arrays = new ArrayList<>();

  /** What two batches must have in common to share a recording. */
  record Key(List<Shape> shapes, List<DType> types) {}

  @Override
  public Tensor upload(int[] values, int... dims) {
    return staged(Tensor.of(values, dims), values);
  }

  @Override
  public Tensor upload(float[] values, int... dims) {
    return staged(Tensor.of(values, dims), values);
  }

  private Tensor staged(Tensor host, Object array) {
    shapes.add(host.shape());
    arrays.add(array);
    return host;
  }

  Key key() {
    return new Key(
        List.copyOf(shapes),
        arrays.stream().map(a -> a instanceof int[] ? DType.I32 : DType.F32).toList());
  }

  /** Fills the tensors, one for each array. */
  void send(Memory memory, List<Tensor> to) {
    for (int i = 0; i < arrays.size(); i++) {
      if (arrays.get(i) instanceof int[] ints) {
        memory.upload(ints, 0, to.get(i));
      } else {
        memory.upload((float[]) arrays.get(i), 0, to.get(i));
      }
    }
  }

  /** Tensors that stay where they are, handed to a task in the order of its uploads. */
  static final class Fixed implements Inputs, AutoCloseable {
    private final List<Storage> storages = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private int next;

    Fixed(Memory memory, Key key) {
      for (int i = 0; i < key.shapes().size(); i++) {
        Storage s = memory.allocate(key.types().get(i), key.shapes().get(i).size());
        storages.add(s);
        tensors.add(new Tensor(s, 0, key.shapes().get(i)));
      }
    }

    List<Tensor> tensors() {
      return tensors;
    }

    @Override
    public Tensor upload(int[] values, int... dims) {
      return tensor(DType.I32, dims);
    }

    @Override
    public Tensor upload(float[] values, int... dims) {
      return tensor(DType.F32, dims);
    }

    private Tensor tensor(DType type, int... dims) {
      if (next == tensors.size()) {
        throw new IllegalStateException("a task uploaded more the second time than the first");
      }
      int i = next++;
      return tensors.get(i).require("upload " + i + " of a task", type, dims);
    }

    @Override
    public void close() {
      storages.forEach(Storage::close);
    }
  }
}
