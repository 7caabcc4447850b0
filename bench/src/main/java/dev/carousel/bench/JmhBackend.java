package dev.carousel.bench;

import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A backend for a benchmark, and tensors on it that are freed with it. */
final class JmhBackend implements AutoCloseable {
  private final Backend backend;
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Storage> owned = new ArrayList<>();

  JmhBackend(String name, int threads) {
    backend = Backends.named(name, threads);
  }

  Backend backend() {
    return backend;
  }

  /** Numbers uniform within {@code bound}. */
  Tensor uniform(double bound, int... dims) {
    float[] values = new float[Math.toIntExact(Shape.of(dims).size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    Tensor t = allocate(DType.F32, dims);
    backend.memory().upload(values, 0, t);
    return t;
  }

  /** Integers from 0 to below {@code bound}. */
  Tensor below(int bound, int... dims) {
    int[] values = new int[Math.toIntExact(Shape.of(dims).size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(bound);
    }
    Tensor t = allocate(DType.I32, dims);
    backend.memory().upload(values, 0, t);
    return t;
  }

  /** Zeros. */
  Tensor allocate(DType type, int... dims) {
    Storage storage = backend.memory().allocate(type, Shape.of(dims).size());
    owned.add(storage);
    return Tensor.of(storage).as(dims);
  }

  @Override
  public void close() {
    owned.forEach(Storage::close);
    backend.close();
  }
}
