package dev.carousel.kit;

import dev.carousel.kit.run.DeviceTensors;
import dev.carousel.kit.run.RnnOperands;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.RnnState;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.RnnPlan;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/**
 * One way to get the operands of an LSTM's call wrong.
 *
 * @param name of the operand
 * @param complaint what the message must contain: both shapes, or both sizes
 * @param change puts the wrong operand in
 */
record WrongOperand(String name, List<String> complaint, Consumer<RnnOperands> change) {
  private static WrongOperand shape(
      String name, Shape wanted, Tensor wrong, Consumer<RnnOperands> change) {
    return new WrongOperand(
        name, List.of(name, wanted.toString(), wrong.shape().toString()), change);
  }

  /** Wrong operands of forward. */
  static List<WrongOperand> ofForward(RnnPlan plan, DeviceTensors tensors) {
    RnnSpec spec = plan.spec();
    DType type = spec.precision().storage();
    int t = plan.steps();
    int n = plan.batch();
    Tensor wideX = tensors.empty(type, t, n, spec.inputSize() + 1);
    Tensor longX = tensors.empty(type, t + 1, n, spec.inputSize());
    Tensor moreX = tensors.empty(type, t, n + 1, spec.inputSize());
    Tensor y = tensors.unwritten(type, t, n, spec.outputSize() - 1);
    Tensor work = tensors.empty(DType.BYTE, Math.max(0, Math.toIntExact(plan.workBytes()) - 1));
    Tensor otherType =
        tensors.empty(type == DType.F64 ? DType.F32 : DType.F64, t, n, spec.inputSize());
    RnnState state = wrongState(spec, n, tensors);
    return List.of(
        shape("x", spec.inputShape(t, n), wideX, o -> o.x = full(wideX)),
        shape("x", spec.inputShape(t, n), longX, o -> o.x = full(longX)),
        shape("x", spec.inputShape(t, n), moreX, o -> o.x = full(moreX)),
        new WrongOperand("x", List.of("x", "F32", "F64"), o -> o.x = full(otherType)),
        shape("y", spec.outputShape(t, n), y, o -> o.y = y),
        shape("initial.c", spec.cellShape(n), state.c(), o -> o.initial = state),
        shape("last.c", spec.cellShape(n), state.c(), o -> o.last = state),
        new WrongOperand(
            "c", List.of("initial.c", "LSTM"), o -> o.initial = new RnnState(state.h(), null)),
        new WrongOperand("reserve", List.of("reserve", "null"), o -> o.reserve = null),
        new WrongOperand(
            "work",
            List.of("work", "" + plan.workBytes(), work.shape().toString()),
            o -> o.work = plan.workBytes() == 0 ? wideX : work));
  }

  /** Wrong operands of backward. */
  static List<WrongOperand> ofBackward(RnnPlan plan, DeviceTensors tensors) {
    RnnSpec spec = plan.spec();
    DType type = spec.precision().storage();
    int t = plan.steps();
    int n = plan.batch();
    Tensor dy = tensors.empty(type, t, n, spec.outputSize() + 1);
    Tensor dx = tensors.unwritten(type, n, t, spec.inputSize());
    Tensor dWeights = tensors.empty(type, 3);
    RnnState state = wrongState(spec, n, tensors);
    return List.of(
        shape("dy", spec.outputShape(t, n), dy, o -> o.dy = dy),
        shape("dx", spec.inputShape(t, n), dx, o -> o.dx = dx),
        shape("dLast.c", spec.cellShape(n), state.c(), o -> o.dLast = state),
        shape("dInitial.c", spec.cellShape(n), state.c(), o -> o.dInitial = state),
        new WrongOperand("dWeights", List.of("dWeights", "[3]"), o -> o.dWeights = dWeights));
  }

  private static Sequences full(Tensor x) {
    return new Sequences(x, Lengths.full(x.shape().dim(0), x.shape().dim(1)));
  }

  private static RnnState wrongState(RnnSpec spec, int n, DeviceTensors tensors) {
    DType type = spec.precision().storage();
    return new RnnState(
        tensors.unwritten(type, spec.hiddenShape(n).dims()),
        tensors.unwritten(type, spec.cellShape(n + 1).dims()));
  }

  @Override
  public String toString() {
    return name + " that should complain of " + complaint;
  }
}
