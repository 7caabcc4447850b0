package dev.carousel.spi;

import dev.carousel.tensor.Arena;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;

/** Memory of one backend, and the ways into and out of it. */
public interface Memory {
  /**
   * New zeroed memory that outlives a step: parameters, gradients, batch inputs. The caller closes
   * it.
   */
  Storage allocate(DType type, long size);

  /**
   * An arena for what lives one step. It grows as it is used. The caller closes it.
   *
   * @param budget the most bytes it may ever hold
   */
  Arena arena(long budget);

  /** Copies {@code to.size()} elements in, starting at {@code from[at]}; {@code to} is F32. */
  void upload(float[] from, int at, Tensor to);

  /** The same for I32. */
  void upload(int[] from, int at, Tensor to);

  /** The same for F64. */
  void upload(double[] from, int at, Tensor to);

  /** Copies {@code from.size()} F32 elements out, to {@code to[at]} and after; waits for them. */
  void download(Tensor from, float[] to, int at);

  /** The same for I32. */
  void download(Tensor from, int[] to, int at);

  /** The same for F64. */
  void download(Tensor from, double[] to, int at);

  /** Copies between two tensors of the same type and size; the shapes may differ. */
  void copy(Tensor from, Tensor to);

  /** Writes {@code value} everywhere; BYTE tensors take only 0. */
  void fill(Tensor to, double value);

  /** Waits until everything launched so far is done. */
  void await();
}
