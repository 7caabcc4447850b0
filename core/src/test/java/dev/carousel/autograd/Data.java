package dev.carousel.autograd;

import dev.carousel.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Host tensors of fixed contents. */
public final class Data {
  private Data() {}

  /** Uniform in [−1, 1). */
  public static Tensor uniform(long seed, int... dims) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = IntStream.of(dims).reduce(1, (a, b) -> a * b);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Tensor.of(values, dims);
  }

  /** Whole numbers from 0 to below {@code bound}. */
  public static Tensor ids(long seed, int bound, int... dims) {
    int size = IntStream.of(dims).reduce(1, (a, b) -> a * b);
    return Tensor.of(new SplittableRandom(seed).ints(size, 0, bound).toArray(), dims);
  }

  /** A copy of what a host tensor holds. */
  public static float[] floats(Tensor t) {
    float[] all = new float[(int) t.size()];
    System.arraycopy(t.heap().floats(), t.heapOffset(), all, 0, all.length);
    return all;
  }
}
