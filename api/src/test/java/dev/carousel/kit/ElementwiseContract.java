package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.kit.run.KernelCall;
import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RandomValues;
import dev.carousel.spi.Activation;
import dev.carousel.spi.ElementwiseKernels;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums, products, activations, concatenation. */
public interface ElementwiseContract extends BackendContract {
  /** Elements of the tests' tensors; odd, so that no vector width divides it. */
  int SIZE = 3 * 67;

  private static double[] random(long seed) {
    return new RandomValues(seed).uniform(SIZE, 2);
  }

  private static Outcome expected(String name, IntToDoubleFunction element) {
    double[] values = new double[SIZE];
    Arrays.setAll(values, element);
    Outcome o = new Outcome();
    o.put(name, values);
    return o;
  }

  /** Into a third tensor and into the first. */
  @ParameterizedTest
  @MethodSource("types")
  default void elementwise_sumsAndProductsMayOverwriteTheirInput(DType type) {
    double[] a = random(1);
    double[] b = random(2);
    ElementwiseKernels kernels = backend().elementwise();
    for (boolean inPlace : new boolean[] {false, true}) {
      try (KernelCall call = new KernelCall(backend(), type)) {
        Tensor other = call.in("b", b, 3, 67);
        Tensor sum = inPlace ? call.updated("sum", a, 3, 67) : call.written("sum", 3, 67);
        kernels.add(inPlace ? sum : call.in("a", a, 3, 67), other, sum);
        assertClose("sum", call.outcome(), expected("sum", i -> a[i] + b[i]), tolerance(type));
      }
      try (KernelCall call = new KernelCall(backend(), type)) {
        Tensor other = call.in("b", b, 3, 67);
        Tensor out = inPlace ? call.updated("product", a, 3, 67) : call.written("product", 3, 67);
        kernels.multiply(inPlace ? out : call.in("a", a, 3, 67), other, out);
        Outcome want = expected("product", i -> a[i] * b[i]);
        assertClose("product", call.outcome(), want, tolerance(type));
      }
    }
  }

  /** {@code y += alpha · x}. */
  @ParameterizedTest
  @MethodSource("types")
  default void elementwise_addScaledAddsToWhatIsThere(DType type) {
    double[] x = random(3);
    double[] y = random(4);
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor to = call.updated("y", y, SIZE);
      backend().elementwise().addScaled(-0.75, call.in("x", x, SIZE), to);
      Outcome want = expected("y", i -> y[i] - 0.75 * x[i]);
      assertClose("addScaled", call.outcome(), want, tolerance(type));
    }
  }

  /** Values at the bound, far beyond it, and none at all. */
  @ParameterizedTest
  @MethodSource("types")
  default void elementwise_clampCutsOffWhatIsBeyondTheBoundAndLeavesTheRest(DType type) {
    double[] x = random(10);
    x[0] = Double.POSITIVE_INFINITY;
    x[1] = Double.NEGATIVE_INFINITY;
    x[2] = Double.NaN;
    x[3] = 0.75;
    x[4] = -0.75;
    try (KernelCall call = new KernelCall(backend(), type)) {
      backend().elementwise().clamp(call.updated("x", x, SIZE), 0.75);
      double[] got = call.outcome().get("x");
      for (int i = 0; i < SIZE; i++) {
        double stored = type == DType.F64 ? x[i] : (float) x[i];
        double want = stored > 0.75 ? 0.75 : stored < -0.75 ? -0.75 : stored;
        assertThat(got[i]).as("element %d, %s", i, x[i]).isEqualTo(Double.valueOf(want));
      }
    }
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor untouched = call.updated("x", random(10), SIZE);
      for (double bound : new double[] {0, -1, Double.NaN}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> backend().elementwise().clamp(untouched, bound))
            .withMessageContaining(String.valueOf(bound));
      }
    }
  }

  private static DoubleUnaryOperator formula(Activation f) {
    return switch (f) {
      case TANH -> Math::tanh;
      case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
      case RELU -> x -> Math.max(0, x);
    };
  }

  private static DoubleUnaryOperator derivative(Activation f) {
    return switch (f) {
      case TANH -> y -> 1 - y * y;
      case SIGMOID -> y -> y * (1 - y);
      case RELU -> y -> y > 0 ? 1 : 0;
    };
  }

  /** Out of place and in place, and far out where a naive formula overflows. */
  @ParameterizedTest
  @MethodSource("types")
  default void elementwise_activationsFollowTheirFormulas(DType type) {
    double[] x = random(5);
    x[0] = 100;
    x[1] = -100;
    x[2] = 0;
    for (Activation f : Activation.values()) {
      try (KernelCall call = new KernelCall(backend(), type)) {
        backend().elementwise().activate(f, call.in("x", x, SIZE), call.written("y", SIZE));
        Outcome want = expected("y", i -> formula(f).applyAsDouble(x[i]));
        assertClose(f, call.outcome(), want, tolerance(type));
      }
      try (KernelCall call = new KernelCall(backend(), type)) {
        Tensor inPlace = call.updated("y", x, SIZE);
        backend().elementwise().activate(f, inPlace, inPlace);
        Outcome want = expected("y", i -> formula(f).applyAsDouble(x[i]));
        assertClose(f, call.outcome(), want, tolerance(type));
      }
    }
  }

  /** The derivative is a function of the value. */
  @ParameterizedTest
  @MethodSource("types")
  default void r04_activationsWriteTheirGradientFromTheirValue(DType type) {
    double[] dy = random(6);
    for (Activation f : Activation.values()) {
      double[] y = Arrays.stream(random(7)).map(formula(f)).map(v -> (float) v).toArray();
      Outcome want = expected("dx", i -> dy[i] * derivative(f).applyAsDouble(y[i]));
      try (KernelCall call = new KernelCall(backend(), type)) {
        Tensor dx = call.written("dx", SIZE);
        Tensor value = call.in("y", y, SIZE);
        backend().elementwise().activateBackward(f, value, call.in("dy", dy, SIZE), dx);
        assertClose(f, call.outcome(), want, tolerance(type));
      }
      try (KernelCall call = new KernelCall(backend(), type)) {
        Tensor inPlace = call.updated("dx", dy, SIZE);
        backend().elementwise().activateBackward(f, call.in("y", y, SIZE), inPlace, inPlace);
        assertClose(f, call.outcome(), want, tolerance(type));
      }
    }
  }

  /** Along the last axis; one is the other's gradient. */
  @ParameterizedTest
  @MethodSource("types")
  default void elementwise_splitUndoesConcat(DType type) {
    double[] a = new RandomValues(8).uniform(6, 1);
    double[] b = new RandomValues(9).uniform(18, 1);
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor[] parts = {call.in("a", a, 2, 3, 1), call.in("b", b, 2, 3, 3)};
      Tensor whole = call.written("whole", 2, 3, 4);
      Tensor[] again = {call.written("a again", 2, 3, 1), call.written("b again", 2, 3, 3)};
      backend().elementwise().concat(parts, whole);
      backend().elementwise().split(whole, again);
      Outcome got = call.outcome();
      double[] joined = new double[24];
      Arrays.setAll(joined, i -> i % 4 == 0 ? a[i / 4] : b[i / 4 * 3 + i % 4 - 1]);
      assertThat(got.get("whole")).containsExactly(joined);
      assertThat(got.get("a again")).containsExactly(a);
      assertThat(got.get("b again")).containsExactly(b);
    }
  }

  /** Named with both shapes. */
  @ParameterizedTest
  @MethodSource("types")
  default void r08_elementwiseKernelsNameAWrongShape(DType type) {
    ElementwiseKernels kernels = backend().elementwise();
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor a = call.in("a", new double[6], 2, 3);
      Tensor b = call.in("b", new double[8], 2, 4);
      Tensor out = call.written("out", 2, 3);
      refused(() -> kernels.add(a, b, out));
      refused(() -> kernels.multiply(a, b, out));
      refused(() -> kernels.addScaled(1, b, out));
      refused(() -> kernels.activate(Activation.TANH, b, out));
      refused(() -> kernels.activateBackward(Activation.TANH, a, b, out));
      assertThatIllegalArgumentException().isThrownBy(() -> kernels.concat(new Tensor[] {a, a}, b));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> kernels.split(b, new Tensor[] {out, out}));
      assertThat(call.outcome().get("out")).containsOnly(Double.NaN);
    }
  }

  private static void refused(Runnable call) {
    assertThatIllegalArgumentException()
        .isThrownBy(call::run)
        .withMessageContaining("[2, 3]")
        .withMessageContaining("[2, 4]");
  }
}
