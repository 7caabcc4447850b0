package dev.carousel.spi;

import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Sequences;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Reductions over the real steps of each row. */
public interface PoolingKernels {
  /**
   * Pools [T, N, C] to [N, C].
   *
   * @param direction for {@link Pooling#LAST}: with BIDIRECTIONAL the second half of C is taken at
   *     step 0; C must be even then
   * @param out written, [N, C]
   * @param argmax written, I32 [N, C], the step each maximum came from, −1 for none; null unless
   *     MAX
   */
  void forward(
      Pooling pooling, Direction direction, Sequences x, Tensor out, @Nullable Tensor argmax);

  /**
   * The gradient of {@link #forward}.
   *
   * @param lengths those of forward
   * @param dOut in, [N, C]
   * @param argmax as forward wrote it; null unless MAX
   * @param dx written everywhere, [T, N, C]
   */
  void backward(
      Pooling pooling,
      Direction direction,
      Lengths lengths,
      Tensor dOut,
      @Nullable Tensor argmax,
      Tensor dx);
}
