package dev.carousel.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.carousel.kit.run.DeviceTensors;
import dev.carousel.kit.run.PackedRnn;
import dev.carousel.kit.run.RnnCall;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.kit.run.RnnCase.Operand;
import dev.carousel.kit.run.RnnData;
import dev.carousel.kit.run.RnnOperands;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.Pass;
import dev.carousel.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R8: a wrong shape is named, both ways, before anything is launched. */
public interface R08ShapesContract extends RnnContract {
  private RnnCase lstm(Precision p) {
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 5, 4).withLayers(2).withDirection(Direction.BIDIRECTIONAL);
    return RnnCase.of(spec.withPrecision(p), 3, 2, LengthPattern.FULL, 801);
  }

  /** The outputs hold NaN before the call and must hold it after. */
  @ParameterizedTest
  @MethodSource("precisions")
  default void r08_aWrongForwardOperandIsNamedWithBothShapesBeforeAnythingIsWritten(Precision p) {
    RnnCase c = lstm(p);
    RnnData data = RnnData.of(c);
    try (PackedRnn rnn = new PackedRnn(backend(), c, data, Pass.TRAINING);
        RnnCall call = new RnnCall(rnn, c, data)) {
      for (WrongOperand wrong : WrongOperand.ofForward(rnn.plan(), call.tensors())) {
        var operands = new RnnOperands(call.backward()).with(wrong.change());
        assertThatIllegalArgumentException()
            .as("%s", wrong)
            .isThrownBy(() -> rnn.plan().forward(operands.forward()))
            .satisfies(e -> assertThat(e.getMessage()).contains(wrong.complaint()));
      }
      assertThat(call.outcome().get("y")).containsOnly(Double.NaN);
      assertThat(call.outcome().get("last.h")).containsOnly(Double.NaN);
    }
  }

  /** The same for backward. */
  @ParameterizedTest
  @MethodSource("precisions")
  default void r08_aWrongBackwardOperandIsNamedWithBothShapesBeforeAnythingIsWritten(Precision p) {
    RnnCase c = lstm(p);
    RnnData data = RnnData.of(c);
    try (PackedRnn rnn = new PackedRnn(backend(), c, data, Pass.TRAINING);
        RnnCall call = new RnnCall(rnn, c, data)) {
      rnn.plan().forward(call.forward());
      for (WrongOperand wrong : WrongOperand.ofBackward(rnn.plan(), call.tensors())) {
        var operands = new RnnOperands(call.backward()).with(wrong.change());
        assertThatIllegalArgumentException()
            .as("%s", wrong)
            .isThrownBy(() -> rnn.plan().backward(operands.backward()))
            .satisfies(e -> assertThat(e.getMessage()).contains(wrong.complaint()));
      }
      assertThat(call.outcome().get("dx")).containsOnly(Double.NaN);
      assertThat(call.outcome().get("dWeights")).containsOnly(0);
    }
  }

  /** Weights of another network. */
  @ParameterizedTest
  @MethodSource("precisions")
  default void r08_weightsPackedForAnotherNetworkAreRefused(Precision p) {
    RnnCase c = lstm(p);
    RnnCase other =
        RnnCase.of(c.spec().withDirection(Direction.FORWARD), 3, 2, LengthPattern.FULL, 802);
    RnnData data = RnnData.of(c);
    try (PackedRnn rnn = new PackedRnn(backend(), c, data, Pass.TRAINING);
        PackedRnn wrong = new PackedRnn(backend(), other, RnnData.of(other), Pass.TRAINING);
        RnnCall call = new RnnCall(rnn, c, data)) {
      var operands = new RnnOperands(call.backward()).with(o -> o.weights = wrong.weights());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> rnn.plan().forward(operands.forward()))
          .withMessageContaining("BIDIRECTIONAL")
          .withMessageContaining("FORWARD");
    }
  }

  /** One element short. */
  @ParameterizedTest
  @MethodSource("precisions")
  default void r08_aFlatBufferOfTheWrongSizeCannotBePacked(Precision p) {
    RnnSpec spec = lstm(p).spec();
    int size = Math.toIntExact(WeightLayout.of(spec).size());
    try (DeviceTensors tensors = new DeviceTensors(backend().memory())) {
      Tensor flat = tensors.empty(p.storage(), size - 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> backend().rnn().pack(spec, flat).close())
          .withMessageContaining("" + size)
          .withMessageContaining("" + (size - 1));
    }
  }

  /** Inference keeps nothing for backward. */
  @ParameterizedTest
  @MethodSource("precisions")
  default void r08_anInferencePlanRefusesToRunBackward(Precision p) {
    RnnCase c = lstm(p).without(Operand.D_LAST);
    RnnData data = RnnData.of(c);
    try (PackedRnn training = new PackedRnn(backend(), c, data, Pass.TRAINING);
        PackedRnn inference = new PackedRnn(backend(), c, data, Pass.INFERENCE);
        RnnCall call = new RnnCall(training, c, data)) {
      call.run();
      assertThat(inference.plan().reserveBytes()).isZero();
      assertThatIllegalStateException()
          .isThrownBy(() -> inference.plan().backward(call.backward()))
          .withMessageContaining("TRAINING");
    }
  }
}
