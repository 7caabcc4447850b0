package dev.carousel.model;

import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.Ops;
import dev.carousel.rnn.Lengths;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Texts of one step as kernels read them.
 *
 * @param ids I32 [T, N], time-major; −1 after a text's end
 * @param lengths tokens of each text, 0 to T
 */
public record TokenBatch(Tensor ids, Lengths lengths) {
  /** Steps are rounded up to a multiple of this, so that few shapes, and so few plans, occur. */
  private static final int STEP_ROUNDING = 4;

  private static final int PADDING = -1;

  /**
   * Uploads texts into the memory of one step.
   *
   * @param texts token ids of N texts, N at least 1; a text may be empty
   */
  public static TokenBatch upload(Ops ops, List<int[]> texts) {
    return upload(Inputs.ofStep(ops), texts);
  }

  /** The same to wherever {@code inputs} has room. */
  public static TokenBatch upload(Inputs inputs, List<int[]> texts) {
    return upload(inputs, texts, STEP_ROUNDING);
  }

  /**
   * The same with steps rounded up to a multiple of {@code rounding}: where there are many rows,
   * whose number varies too, fewer shapes are worth some padding.
   */
  public static TokenBatch upload(Inputs inputs, List<int[]> texts, int rounding) {
    int[] lengths = texts.stream().mapToInt(text -> text.length).toArray();
    int steps = roundUp(Arrays.stream(lengths).max().orElse(0), rounding);
    return new TokenBatch(
        inputs.upload(timeMajor(texts, steps), steps, texts.size()),
        inputs.lengths(steps, lengths));
  }

  /** T of a batch whose longest text has {@code longest} tokens; at least one step. */
  public static int steps(int longest) {
    return roundUp(longest, STEP_ROUNDING);
  }

  private static int roundUp(int longest, int rounding) {
    return Math.max(1, (longest + rounding - 1) / rounding) * rounding;
  }

  /** The same ids, time-major [T·N], −1 after a text's end. */
  public static int[] timeMajor(List<int[]> texts, int steps) {
    int n = texts.size();
    int[] ids = new int[steps * n];
    Arrays.fill(ids, PADDING);
    for (int row = 0; row < n; row++) {
      int[] text = texts.get(row);
      for (int t = 0; t < text.length; t++) {
        ids[t * n + row] = text[t];
      }
    }
    return ids;
  }
}
