package dev.carousel.spi;

import dev.carousel.rnn.Sequences;
import dev.carousel.tensor.Tensor;

/**
 * Linear-chain conditional random fields (Lafferty et al. 2001) over K labels. Transitions are [K +
 * 2, K]: row i is from label i to each label, row K from the start, row K + 1 to the end.
 */
public interface CrfKernels {
  /** Negative log-likelihood and its gradient, by the forward-backward algorithm. */
  void loss(CrfLoss io);

  /**
   * The best label sequence of each row.
   *
   * @param emissions [T, N, K]
   * @param path written, I32 [T, N], −1 beyond a row's length
   * @param score written, [N], the unnormalised score of the path; 0 for a row of length 0
   * @param work scratch, BYTE [workBytes(T, N, K)]
   */
  void viterbi(Sequences emissions, Tensor transitions, Tensor path, Tensor score, Tensor work);

  /** Bytes of scratch that either kernel needs for T steps, N rows and K labels. */
  long workBytes(int steps, int batch, int labels);
}
