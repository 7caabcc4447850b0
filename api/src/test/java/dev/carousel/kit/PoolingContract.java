package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.kit.oracle.PoolingOracle;
import dev.carousel.kit.run.KernelCall;
import dev.carousel.kit.run.RandomValues;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.Pooling;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reductions over the real steps of each row. */
public interface PoolingContract extends BackendContract {
  /** One way to pool. */
  record PoolingCase(DType type, Pooling pooling, Direction direction, boolean full) {
    PoolingOracle oracle() {
      RandomValues random = new RandomValues(11);
      int[] lengths = full ? new int[] {5, 5, 5, 5} : new int[] {3, 0, 5, 1};
      double[] x = random.uniform(5 * 4 * 6, 1);
      for (int i = 0; i < x.length; i++) {
        x[i] = i / 24 >= lengths[i / 6 % 4] ? 1e4 : x[i];
      }
      return new PoolingOracle(pooling, direction, lengths, x, random.uniform(4 * 6, 1));
    }

    Lengths lengths(KernelCall call) {
      int[] lengths = oracle().lengths();
      return full ? Lengths.full(5, 4) : Lengths.of(5, lengths, call.in("lengths", lengths, 4));
    }
  }

  /** Every way, with and without padding. */
  default Stream<PoolingCase> poolingCases() {
    return types()
        .flatMap(type -> Stream.of(Pooling.values()).map(p -> new PoolingCase(type, p, null, true)))
        .flatMap(
            c ->
                Stream.of(Direction.values())
                    .map(d -> new PoolingCase(c.type(), c.pooling(), d, true)))
        .flatMap(c -> Stream.of(c, new PoolingCase(c.type(), c.pooling(), c.direction(), false)));
  }

  /** An empty row becomes zeros; what lies beyond a length is large, and not seen. */
  @ParameterizedTest
  @MethodSource("poolingCases")
  default void r05_poolingReducesTheRealStepsOnly(PoolingCase c) {
    PoolingOracle o = c.oracle();
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      Sequences x = new Sequences(call.in("x", o.x(), 5, 4, 6), c.lengths(call));
      Tensor out = call.written("out", 4, 6);
      Tensor argmax = c.pooling() == Pooling.MAX ? call.writtenInts("argmax", 4, 6) : null;
      backend().pooling().forward(c.pooling(), c.direction(), x, out, argmax);
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
  }

  /** Written everywhere, zero where no value came from. */
  @ParameterizedTest
  @MethodSource("poolingCases")
  default void r05_poolingHandsItsGradientToTheRealStepsOnly(PoolingCase c) {
    PoolingOracle o = c.oracle();
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      int[] steps = Arrays.stream(o.outcome().get("argmax")).mapToInt(v -> (int) v).toArray();
      Tensor argmax = c.pooling() == Pooling.MAX ? call.in("argmax", steps, 4, 6) : null;
      Tensor dOut = call.in("dOut", o.dOut(), 4, 6);
      Tensor dx = call.written("dx", 5, 4, 6);
      backend().pooling().backward(c.pooling(), c.direction(), c.lengths(call), dOut, argmax, dx);
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
  }

  /** So that every backend hands the gradient to the same step. */
  @ParameterizedTest
  @MethodSource("types")
  default void pooling_theEarliestOfEqualMaximaIsTaken(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor x = call.in("x", new double[] {1, 3, 2, 3, 3}, 5, 1, 1);
      Tensor argmax = call.writtenInts("argmax", 1, 1);
      backend()
          .pooling()
          .forward(
              Pooling.MAX,
              Direction.FORWARD,
              new Sequences(x, Lengths.full(5, 1)),
              call.written("out", 1, 1),
              argmax);
      assertThat(call.outcome().get("argmax")).containsExactly(1);
    }
  }

  /** Two halves need an even number of features; a wrong shape is named. */
  @ParameterizedTest
  @MethodSource("types")
  default void r08_poolingNamesAWrongShape(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Sequences odd = new Sequences(call.in("x", new double[9], 3, 1, 3), Lengths.full(3, 1));
      Tensor out = call.written("out", 1, 3);
      Tensor wide = call.written("wide", 1, 4);
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  backend()
                      .pooling()
                      .forward(Pooling.LAST, Direction.BIDIRECTIONAL, odd, out, null))
          .withMessageContaining("3");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> backend().pooling().forward(Pooling.MEAN, Direction.FORWARD, odd, wide, null))
          .withMessageContaining("[1, 3]")
          .withMessageContaining("[1, 4]");
      assertThat(call.outcome().get("out")).containsOnly(Double.NaN);
    }
  }
}
