package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.kit.oracle.LayerNormOracle;
import dev.carousel.kit.run.KernelCall;
import dev.carousel.kit.run.RandomValues;
import dev.carousel.spi.LayerNormBackward;
import dev.carousel.spi.LayerNormForward;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layer normalisation. */
public interface NormalizationContract extends BackendContract {
  /** One call over [3, M/3, C] inputs around {@code middle}. */
  record LayerNormCase(DType type, int rows, int features, double middle) {
    LayerNormOracle oracle() {
      RandomValues random = new RandomValues(51);
      int n = rows * features;
      return new LayerNormOracle(
          random.between(n, middle - 1, middle + 1),
          random.awayFromZero(features, 0.5, 2),
          random.uniform(features, 1),
          1e-3,
          random.uniform(n, 1));
    }

    LayerNormForward forward(KernelCall call, LayerNormOracle o, Tensor y, Tensor statistics) {
      return new LayerNormForward(
          call.in("x", o.x(), 3, rows / 3, features),
          call.in("gain", o.gain(), features),
          call.in("shift", o.shift(), features),
          o.epsilon(),
          y,
          statistics);
    }

    Tensor like(KernelCall call, String name) {
      return call.written(name, 3, rows / 3, features);
    }
  }

  /** Odd sizes, rows longer than a block of threads, a mean far from 0. */
  default Stream<LayerNormCase> layerNormCases() {
    return types()
        .flatMap(
            t ->
                Stream.of(
                    new LayerNormCase(t, 3, 2, 0),
                    new LayerNormCase(t, 6, 7, 0.5),
                    new LayerNormCase(t, 9, 33, -4),
                    new LayerNormCase(t, 3, 515, 0)));
  }

  /** What backward needs of a row is written too. */
  @ParameterizedTest
  @MethodSource("layerNormCases")
  default void layerNorm_bringsEachRowToMeanZeroAndVarianceOne(LayerNormCase c) {
    LayerNormOracle o = c.oracle();
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      Tensor statistics = call.written("statistics", c.rows(), 2);
      backend().normalization().forward(c.forward(call, o, c.like(call, "y"), statistics));
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
  }

  /** dx is written, the gradients of gain and shift are added to. */
  @ParameterizedTest
  @MethodSource("layerNormCases")
  default void r04_layerNormWritesTheGradientOfItsInputAndAddsThoseOfItsParameters(
      LayerNormCase c) {
    LayerNormOracle o = c.oracle();
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      LayerNormBackward io = backward(c, call, o);
      backend().normalization().backward(io);
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      LayerNormBackward io = backward(c, call, o);
      Tensor dy = io.dy();
      Tensor dx = io.dx();
      backend()
          .normalization()
          .backward(new LayerNormBackward(io.forward(), dy, dx, io.dGain(), null));
      backend()
          .normalization()
          .backward(new LayerNormBackward(io.forward(), dy, dx, null, io.dShift()));
      backend().normalization().backward(new LayerNormBackward(io.forward(), dy, dx, null, null));
      assertClose("one by one " + c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
  }

  private static LayerNormBackward backward(LayerNormCase c, KernelCall call, LayerNormOracle o) {
    Tensor y = call.in("y", o.outcome().get("y"), 3, c.rows() / 3, c.features());
    Tensor statistics = call.in("statistics", o.outcome().get("statistics"), c.rows(), 2);
    return new LayerNormBackward(
        c.forward(call, o, y, statistics),
        call.in("dy", o.dy(), 3, c.rows() / 3, c.features()),
        c.like(call, "dx"),
        call.added("dGain", c.features()),
        call.added("dShift", c.features()));
  }

  /** ε keeps a row of equal features from a division by zero. */
  @ParameterizedTest
  @MethodSource("types")
  default void layerNorm_aRowOfEqualFeaturesBecomesTheShift(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor x = call.in("x", new double[] {3, 3, 3, 3}, 1, 4);
      Tensor gain = call.in("gain", new double[] {1, 2, 3, 4}, 4);
      Tensor shift = call.in("shift", new double[] {0.5, -1, 0, 2}, 4);
      Tensor y = call.written("y", 1, 4);
      Tensor statistics = call.written("statistics", 1, 2);
      backend().normalization().forward(new LayerNormForward(x, gain, shift, 1e-5, y, statistics));
      assertThat(call.outcome().get("y")).containsExactly(0.5, -1, 0, 2);
    }
  }

  /** Named with both shapes; y over x is refused. */
  @ParameterizedTest
  @MethodSource("types")
  default void r08_layerNormNamesAWrongShape(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor x = call.in("x", new double[8], 2, 4);
      Tensor gain = call.in("gain", new double[4], 4);
      Tensor wide = call.in("wide", new double[5], 5);
      Tensor y = call.written("y", 2, 4);
      Tensor statistics = call.written("statistics", 2, 2);
      var kernels = backend().normalization();
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> kernels.forward(new LayerNormForward(x, wide, gain, 1e-5, y, statistics)))
          .withMessageContaining("[4]")
          .withMessageContaining("[5]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> kernels.forward(new LayerNormForward(x, gain, gain, 1e-5, y, gain)))
          .withMessageContaining("[2, 2]");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> kernels.forward(new LayerNormForward(x, gain, gain, 1e-5, x, statistics)))
          .withMessageContaining("overlap");
      LayerNormForward right = new LayerNormForward(x, gain, gain, 1e-5, y, statistics);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> kernels.backward(new LayerNormBackward(right, y, wide, null, null)))
          .withMessageContaining("[2, 4]")
          .withMessageContaining("[5]");
      assertThat(call.outcome().get("y")).containsOnly(Double.NaN);
    }
  }
}
