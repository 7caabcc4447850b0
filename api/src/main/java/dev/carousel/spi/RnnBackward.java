package dev.carousel.spi;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.RnnState;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The operands of one backward call.
 *
 * @param forward the forward call, its tensors unchanged
 * @param dy in, [T, N, D·stateSize]; what lies beyond a row's length is ignored
 * @param dLast in, the gradient of the last state; null means zeros
 * @param dx written, [T, N, C], zero beyond a row's length; null if it is not wanted
 * @param dInitial written, the gradient of the initial state; null if it is not wanted
 * @param dWeights added to, laid out as the weights; null if they are frozen
 */
public record RnnBackward(
    RnnForward forward,
    Tensor dy,
    @Nullable RnnState dLast,
    @Nullable Tensor dx,
    @Nullable RnnState dInitial,
    @Nullable Tensor dWeights) {

  /**
   * Checks everything against a plan (rules R7, R8).
   *
   * @throws IllegalArgumentException naming what does not fit, both shapes
   * @throws IllegalStateException if the plan is not for training
   */
  public void requireFits(RnnPlan plan) {
    if (plan.pass() != Pass.TRAINING) {
      throw new IllegalStateException("backward needs a plan made for TRAINING");
    }
    forward.requireFits(plan);
    RnnSpec spec = plan.spec();
    DType type = spec.precision().storage();
    dy.require("dy", type, plan.steps(), plan.batch(), spec.outputSize());
    if (dx != null) {
      dx.require("dx", type, plan.steps(), plan.batch(), spec.inputSize());
      if (dx.overlaps(dy)) {
        throw new IllegalArgumentException("dx may not overlap dy");
      }
    }
    if (dLast != null) {
      dLast.require("dLast", spec, plan.batch());
    }
    if (dInitial != null) {
      dInitial.require("dInitial", spec, plan.batch());
    }
    if (dWeights != null) {
      Tensor master = forward.weights().master();
      dWeights.require("dWeights", type, master.shape().dims());
    }
  }
}
