package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertSameBits;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.PackedRnn;
import dev.carousel.kit.run.RnnCall;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.kit.run.RnnData;
import dev.carousel.kit.run.RnnOperands;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * R7: inputs and outputs may not overlap unless the kernel says so, and inputs stay as they are.
 */
public interface R07OverlapContract extends RnnContract {
  /** What is not an output is read only. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r07_inputsAreLeftAsTheyAre(RnnSpec spec) {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 4, 3, LengthPattern.WITH_EMPTY, 701);
    RnnData data = RnnData.of(c);
    try (PackedRnn rnn = new PackedRnn(backend(), c, data, Pass.TRAINING);
        RnnCall call = new RnnCall(rnn, c, data)) {
      Outcome before = call.inputs();
      call.run();
      assertSameBits("inputs of " + c, call.inputs(), before);
    }
  }

  /** A row later in y would overwrite an x not yet read. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r07_anOutputOverItsInputIsRefused(RnnSpec spec) {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 4, 3, LengthPattern.FULL, 702);
    RnnData data = RnnData.of(c);
    try (PackedRnn rnn = new PackedRnn(backend(), c, data, Pass.TRAINING);
        RnnCall call = new RnnCall(rnn, c, data)) {
      long size = call.forward().x().values().size() + call.forward().y().size();
      Tensor both = call.tensors().empty(spec.precision().storage(), Math.toIntExact(size) - 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> rnn.plan().forward(yOverX(call.backward(), both)))
          .withMessageContaining("overlap");
      rnn.plan().forward(call.forward());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> rnn.plan().backward(dxOverDy(call.backward(), both)))
          .withMessageContaining("overlap");
    }
  }

  private static RnnForward yOverX(RnnBackward right, Tensor both) {
    Tensor x = right.forward().x().values();
    Tensor y = right.forward().y();
    return new RnnOperands(right)
        .with(o -> o.x = new Sequences(both.slice(0, x.shape()), o.x.lengths()))
        .with(o -> o.y = both.slice(x.size() - 1, y.shape()))
        .forward();
  }

  private static RnnBackward dxOverDy(RnnBackward right, Tensor both) {
    Tensor x = right.forward().x().values();
    return new RnnOperands(right)
        .with(o -> o.dy = both.slice(0, right.dy().shape()))
        .with(o -> o.dx = both.slice(right.dy().size() - 1, x.shape()))
        .backward();
  }
}
