package dev.carousel.rnn;

import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many steps of each row of a batch are real: 0 to T, in any order. Rows without padding
 * ({@link #full}) need no memory. Otherwise the lengths exist twice, because a kernel reads them
 * where it runs: an I32 tensor [N] on the device, which is what a recorded step must read since a
 * replay may change it, and a host copy as of when the batch was built.
 */
public final class Lengths {
  private final int maxSteps;
  private final int batch;
  private final int @Nullable [] host;
  private final @Nullable Tensor device;

  private Lengths(int maxSteps, int batch, int @Nullable [] host, @Nullable Tensor device) {
    this.maxSteps = maxSteps;
    this.batch = batch;
    this.host = host;
    this.device = device;
  }

  /** {@code batch} rows of {@code maxSteps} steps each, without padding. */
  public static Lengths full(int maxSteps, int batch) {
    return new Lengths(maxSteps, batch, null, null);
  }

  /**
   * Rows of different lengths.
   *
   * @param maxSteps T
   * @param lengths one number 0 to T a row; copied
   * @param device the same numbers, I32 [N], in the backend's memory; the caller uploads them
   * @throws IllegalArgumentException naming the row whose length is out of range
   */
  public static Lengths of(int maxSteps, int[] lengths, Tensor device) {
    for (int n = 0; n < lengths.length; n++) {
      if (lengths[n] < 0 || lengths[n] > maxSteps) {
        throw new IllegalArgumentException(
            "length of row %d must be 0 to %d, not %d".formatted(n, maxSteps, lengths[n]));
      }
    }
    device.require("lengths", DType.I32, lengths.length);
    return new Lengths(maxSteps, lengths.length, lengths.clone(), device);
  }

  /** The same for a backend that computes on the host. */
  public static Lengths onHost(int maxSteps, int... lengths) {
    return of(maxSteps, lengths, Tensor.of(lengths.clone(), lengths.length));
  }

  /** T, the steps of the longest row the batch has room for. */
  public int maxSteps() {
    return maxSteps;
  }

  /** N. */
  public int batch() {
    return batch;
  }

  /** Whether no row is padded, by construction. */
  public boolean full() {
    return device == null;
  }

  /** Steps of row {@code n} when the batch was built. */
  public int host(int n) {
    return host == null ? maxSteps : host[n];
  }

  /**
   * The lengths where the kernels run, I32 [N].
   *
   * @throws IllegalStateException if the batch is {@link #full}
   */
  public Tensor device() {
    if (device == null) {
      throw new IllegalStateException("a full batch has no lengths tensor");
    }
    return device;
  }

  /** Steps of row {@code n} now, read from the tensor; for kernels that run on the host. */
  public int at(int n) {
    return device == null ? maxSteps : device.heap().ints()[device.heapOffset() + n];
  }

  /** For example {@code [3, 5, 0] of 5}. */
  @Override
  public String toString() {
    return (host == null ? "all" : Arrays.toString(host)) + " of " + maxSteps;
  }
}
