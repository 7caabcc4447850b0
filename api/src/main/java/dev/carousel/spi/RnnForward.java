package dev.carousel.spi;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.RnnState;
import dev.carousel.rnn.Sequences;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The operands of one forward call.
 *
 * @param x in, [T, N, C]; what lies beyond a row's length is ignored
 * @param initial in, the state before the first step; null means zeros
 * @param weights in
 * @param y out, [T, N, D·stateSize], zero beyond a row's length
 * @param last out, the state after each row's last step; null if it is not wanted
 * @param reserve out, BYTE [reserveBytes], kept for backward; null for inference
 * @param work scratch, BYTE [workBytes]
 */
public record RnnForward(
    Sequences x,
    @Nullable RnnState initial,
    RnnWeights weights,
    Tensor y,
    @Nullable RnnState last,
    @Nullable Tensor reserve,
    Tensor work) {

  /**
   * Checks everything against a plan (rules R7, R8).
   *
   * @throws IllegalArgumentException naming what does not fit, both shapes
   */
  @SuppressWarnings("ReferenceEquality") // beside equals: see there
  public void requireFits(RnnPlan plan) {
    RnnSpec spec = plan.spec();
    DType type = spec.precision().storage();
    x.values().require("x", type, plan.steps(), plan.batch(), spec.inputSize());
    y.require("y", type, plan.steps(), plan.batch(), spec.outputSize());
    RnnSpec packed = weights.spec();
    // the same one as a rule, and the first comparison of two records is a long one
    if (packed != spec && !packed.equals(spec)) {
      throw new IllegalArgumentException("weights packed for " + packed + " cannot run " + spec);
    }
    if (initial != null) {
      initial.require("initial", spec, plan.batch());
    }
    if (last != null) {
      last.require("last", spec, plan.batch());
    }
    requireScratch("work", work, plan.workBytes());
    requireScratch("reserve", reserve, plan.reserveBytes());
    if (y.overlaps(x.values())) {
      throw new IllegalArgumentException("y may not overlap x");
    }
  }

  private static void requireScratch(String name, @Nullable Tensor scratch, long bytes) {
    if (scratch == null ? bytes > 0 : scratch.type() != DType.BYTE || scratch.size() < bytes) {
      throw new IllegalArgumentException(
          name
              + " must be a BYTE tensor of at least "
              + bytes
              + " elements, not "
              + (scratch == null ? "null" : scratch.type() + " " + scratch.shape()));
    }
  }
}
