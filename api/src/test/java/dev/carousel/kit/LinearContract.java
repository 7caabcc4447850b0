package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.kit.oracle.LinearOracle;
import dev.carousel.kit.run.KernelCall;
import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RandomValues;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearWeights;
import dev.carousel.spi.UnsupportedSpecException;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Linear layers: {@code y = x Wᵀ + b}. */
public interface LinearContract extends BackendContract {
  /**
   * One layer and its data.
   *
   * @param rows the leading axes of x
   */
  record LinearCase(Precision precision, Shape rows, int inputs, int outputs, long seed) {
    LinearOracle oracle() {
      RandomValues random = new RandomValues(seed);
      int m = Math.toIntExact(rows.size());
      return new LinearOracle(
          random.uniform(m * inputs, 1),
          random.uniform(outputs * inputs, 1),
          random.awayFromZero(outputs, 0.1, 1),
          random.uniform(m * outputs, 1));
    }

    private int[] dims(int last) {
      int[] dims = Arrays.copyOf(rows.dims(), rows.rank() + 1);
      dims[rows.rank()] = last;
      return dims;
    }
  }

  /** Odd sizes and any number of leading axes. */
  default Stream<LinearCase> linearCases() {
    return precisions().stream()
        .flatMap(
            p ->
                Stream.of(
                    new LinearCase(p, Shape.of(1), 1, 1, 1),
                    new LinearCase(p, Shape.of(4), 5, 3, 2),
                    new LinearCase(p, Shape.of(3, 5), 17, 33, 3),
                    new LinearCase(p, Shape.of(2, 3, 2), 7, 1, 4),
                    new LinearCase(p, Shape.of(13, 3), 64, 129, 5)));
  }

  /** With and without a bias. */
  @ParameterizedTest
  @MethodSource("linearCases")
  default void linear_forwardIsTheProductWithTheTransposePlusTheBias(LinearCase c) {
    LinearOracle o = c.oracle();
    try (KernelCall call = new KernelCall(backend(), c.precision().storage())) {
      Tensor x = call.in("x", o.x(), c.dims(c.inputs()));
      Tensor w = call.in("w", o.w(), c.outputs(), c.inputs());
      Tensor bias = call.in("bias", o.bias(), c.outputs());
      Tensor y = call.written("y", c.dims(c.outputs()));
      Tensor plain = call.written("y without bias", c.dims(c.outputs()));
      try (LinearWeights packed = backend().linear().pack(w, c.precision())) {
        assertThat(packed.master()).isEqualTo(w);
        assertThat(packed.precision()).isEqualTo(c.precision());
        backend().linear().forward(x, packed, bias, y);
        backend().linear().forward(x, packed, null, plain);
      }
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.precision()));
    }
  }

  /** dx is written, dW and db are added to (rule R4). */
  @ParameterizedTest
  @MethodSource("linearCases")
  default void r04_linearWritesTheGradientOfItsInputAndAddsThoseOfItsParameters(LinearCase c) {
    LinearOracle o = c.oracle();
    try (KernelCall call = new KernelCall(backend(), c.precision().storage())) {
      Tensor x = call.in("x", o.x(), c.dims(c.inputs()));
      Tensor w = call.in("w", o.w(), c.outputs(), c.inputs());
      Tensor dy = call.in("dy", o.dy(), c.dims(c.outputs()));
      Tensor dx = call.written("dx", c.dims(c.inputs()));
      Tensor dw = call.added("dw", c.outputs(), c.inputs());
      Tensor dBias = call.added("dBias", c.outputs());
      try (LinearWeights packed = backend().linear().pack(w, c.precision())) {
        backend().linear().backward(new LinearBackward(x, packed, dy, dx, dw, dBias));
      }
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.precision()));
    }
  }

  /** Each gradient alone is what it is among the others. */
  @ParameterizedTest
  @MethodSource("linearCases")
  default void linear_gradientsMayBeAskedForOneByOne(LinearCase c) {
    LinearOracle o = c.oracle();
    try (KernelCall call = new KernelCall(backend(), c.precision().storage())) {
      Tensor x = call.in("x", o.x(), c.dims(c.inputs()));
      Tensor w = call.in("w", o.w(), c.outputs(), c.inputs());
      Tensor dy = call.in("dy", o.dy(), c.dims(c.outputs()));
      Tensor dx = call.written("dx", c.dims(c.inputs()));
      Tensor dw = call.added("dw", c.outputs(), c.inputs());
      Tensor dBias = call.added("dBias", c.outputs());
      try (LinearWeights packed = backend().linear().pack(w, c.precision())) {
        backend().linear().backward(new LinearBackward(x, packed, dy, dx, null, null));
        backend().linear().backward(new LinearBackward(x, packed, dy, null, dw, null));
        backend().linear().backward(new LinearBackward(x, packed, dy, null, null, dBias));
      }
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.precision()));
    }
  }

  /** After an optimizer step. */
  @ParameterizedTest
  @MethodSource("precisions")
  default void r03_refreshedLinearWeightsAreThoseOfTheMatrix(Precision p) {
    LinearCase c = new LinearCase(p, Shape.of(4), 9, 6, 6);
    LinearOracle o = c.oracle();
    try (KernelCall call = new KernelCall(backend(), p.storage())) {
      Tensor x = call.in("x", o.x(), c.dims(c.inputs()));
      Tensor old = call.in("old", new double[6 * 9], 6, 9);
      Tensor w = call.in("w", o.w(), 6, 9);
      Tensor y = call.written("y without bias", c.dims(c.outputs()));
      try (LinearWeights packed = backend().linear().pack(old, p)) {
        backend().linear().forward(x, packed, null, y);
        backend().memory().copy(w, old);
        packed.refresh();
        backend().linear().forward(x, packed, null, y);
      }
      assertClose(c, call.outcome(), o.outcome(), tolerance(p));
    }
  }

  /** Named with both shapes, before anything is written. */
  @ParameterizedTest
  @MethodSource("precisions")
  default void r08_linearNamesAWrongShape(Precision p) {
    try (KernelCall call = new KernelCall(backend(), p.storage())) {
      Tensor w = call.in("w", new double[15], 3, 5);
      Tensor x = call.in("x", new double[20], 4, 5);
      Tensor wide = call.in("wide", new double[24], 4, 6);
      Tensor y = call.written("y", 4, 3);
      try (LinearWeights packed = backend().linear().pack(w, p)) {
        refused(() -> backend().linear().forward(wide, packed, null, y), 5, 6);
        refused(() -> backend().linear().forward(x, packed, null, wide), 3, 6);
        refused(() -> backend().linear().forward(x, packed, y, y), 3, 4);
        refused(
            () -> backend().linear().backward(new LinearBackward(x, packed, y, wide, null, null)),
            5,
            6);
        refused(
            () -> backend().linear().backward(new LinearBackward(x, packed, y, null, x, null)),
            3,
            4);
      }
      Outcome untouched = call.outcome();
      assertThat(untouched.get("y")).containsOnly(Double.NaN);
    }
  }

  private static void refused(Runnable call, int wanted, int given) {
    assertThatIllegalArgumentException()
        .isThrownBy(call::run)
        .withMessageContaining("" + wanted)
        .withMessageContaining("" + given);
  }

  /** Known when the matrix is packed. */
  @ParameterizedTest
  @MethodSource("foreignPrecisions")
  default void r09_linearRefusesAnArithmeticThatTheBackendDoesNotOffer(Precision p) {
    try (KernelCall call = new KernelCall(backend(), p.storage())) {
      Tensor w = call.in("w", new double[15], 3, 5);
      assertThatExceptionOfType(UnsupportedSpecException.class)
          .isThrownBy(() -> backend().linear().pack(w, p).close())
          .withMessageContaining(p.name());
    }
  }
}
