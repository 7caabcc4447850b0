package dev.carousel.autograd;

import dev.carousel.rnn.Lengths;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;

/**
 * Where a batch goes from host memory to the backend's. {@link #ofStep} puts it among the
 * activations of one step; a trainer that records steps has tensors that stay where they are and
 * are filled anew with each batch of the same shape.
 */
public interface Inputs {
  /**
   * The backend's copy of an array, of type I32; the array must not change until the step is done.
   */
  Tensor upload(int[] values, int... dims);

  /** The same for F32. */
  Tensor upload(float[] values, int... dims);

  /**
   * The lengths of a batch; rows without padding need no upload.
   *
   * @param maxSteps T
   * @param lengths 0 to T of each of N rows
   */
  default Lengths lengths(int maxSteps, int... lengths) {
    return Arrays.stream(lengths).allMatch(length -> length == maxSteps)
        ? Lengths.full(maxSteps, lengths.length)
        : Lengths.of(maxSteps, lengths, upload(lengths, lengths.length));
  }

  /** Inputs that live as long as the step that {@code ops} is at. */
  static Inputs ofStep(Ops ops) {
    return new Inputs() {
      @Override
      public Tensor upload(int[] values, int... dims) {
        Tensor t = ops.take(DType.I32, dims);
        ops.backend().memory().upload(values, 0, t);
        return t;
      }

      @Override
      public Tensor upload(float[] values, int... dims) {
        Tensor t = ops.take(DType.F32, dims);
        ops.backend().memory().upload(values, 0, t);
        return t;
      }
    };
  }
}
