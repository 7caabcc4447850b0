package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static dev.carousel.kit.BackendContract.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.kit.oracle.OptimizerOracle;
import dev.carousel.kit.run.KernelCall;
import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RandomValues;
import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.OptimizerScalars;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.spi.SgdUpdate.Momentum;
import dev.carousel.spi.WeightDecay;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clipping and parameter updates. */
public interface OptimizerContract extends BackendContract {
  /** Parameters in the tests; odd. */
  int COUNT = 1001;

  /** Learning rate of the tests. */
  double RATE = 0.05;

  /** One way to update. */
  record UpdateCase(
      DType type,
      double maxNorm,
      double momentum,
      Momentum momentumKind,
      double decay,
      WeightDecay decayKind) {}

  /** Three steps with gradients that change; clipped, then not. */
  default Stream<UpdateCase> adamCases() {
    double none = Double.POSITIVE_INFINITY;
    return types()
        .flatMap(
            t ->
                Stream.of(
                    new UpdateCase(t, none, 0, Momentum.CLASSICAL, 0, WeightDecay.L2),
                    new UpdateCase(t, 2, 0, Momentum.CLASSICAL, 0.1, WeightDecay.L2),
                    new UpdateCase(t, 2, 0, Momentum.CLASSICAL, 0.1, WeightDecay.DECOUPLED)));
  }

  /** The same for gradient descent. */
  default Stream<UpdateCase> sgdCases() {
    double none = Double.POSITIVE_INFINITY;
    return types()
        .flatMap(
            t ->
                Stream.of(
                    new UpdateCase(t, none, 0, Momentum.CLASSICAL, 0, WeightDecay.L2),
                    new UpdateCase(t, 3, 0.9, Momentum.CLASSICAL, 0, WeightDecay.L2),
                    new UpdateCase(t, 3, 0.9, Momentum.NESTEROV, 0.1, WeightDecay.L2)));
  }

  private static double[] gradient(int step) {
    return new RandomValues(70 + step).awayFromZero(COUNT, 0.05, step == 2 ? 0.06 : 1);
  }

  private static double[] parameters() {
    return new RandomValues(69).uniform(COUNT, 1);
  }

  /** Adam, with L2 regularisation, and AdamW. */
  @ParameterizedTest
  @MethodSource("adamCases")
  default void optimizer_adamFollowsItsFormula(UpdateCase c) {
    OptimizerOracle oracle = new OptimizerOracle(parameters());
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      Tensor scalars = scalars(call, c.maxNorm());
      Tensor p = call.updated("p", parameters(), COUNT);
      Tensor m = call.updated("m", new double[COUNT], COUNT);
      Tensor v = call.updated("v", new double[COUNT], COUNT);
      for (int t = 1; t <= 3; t++) {
        double[] g = gradient(t);
        Tensor gradient = call.in("g" + t, g, COUNT);
        backend().optimizer().advance(scalars);
        backend().optimizer().globalNorm(gradient, scalars);
        backend()
            .optimizer()
            .adam(
                new AdamUpdate(
                    p, gradient, m, v, scalars, 0.8, 0.95, 1e-3, c.decay(), c.decayKind()));
        double factor = OptimizerOracle.factor(g, c.maxNorm());
        oracle.adam(g, factor, RATE, t, c.decay(), c.decayKind());
      }
      assertClose(c, without(call.outcome(), "scalars"), oracle.outcome(), tolerance(c.type()));
    }
  }

  /** Plain, with momentum, and with the look-ahead of Nesterov. */
  @ParameterizedTest
  @MethodSource("sgdCases")
  default void optimizer_gradientDescentFollowsItsFormula(UpdateCase c) {
    OptimizerOracle oracle = new OptimizerOracle(parameters());
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      Tensor scalars = scalars(call, c.maxNorm());
      Tensor p = call.updated("p", parameters(), COUNT);
      Tensor u = c.momentum() == 0 ? null : call.updated("u", new double[COUNT], COUNT);
      for (int t = 1; t <= 3; t++) {
        double[] g = gradient(t);
        Tensor gradient = call.in("g" + t, g, COUNT);
        backend().optimizer().globalNorm(gradient, scalars);
        backend()
            .optimizer()
            .sgd(new SgdUpdate(p, gradient, u, scalars, c.momentum(), c.momentumKind(), c.decay()));
        double factor = OptimizerOracle.factor(g, c.maxNorm());
        oracle.sgd(g, factor, RATE, c.momentum(), c.momentumKind(), c.decay());
      }
      assertClose(c, without(call.outcome(), "scalars"), oracle.outcome(), tolerance(c.type()));
    }
  }

  /** The rest of the scalars stays. */
  @ParameterizedTest
  @MethodSource("types")
  default void optimizer_globalNormWritesTheNormAndTheClippingFactor(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor scalars = scalars(call, 2);
      double[] g = gradient(1);
      backend().optimizer().globalNorm(call.in("g", g, COUNT), scalars);
      double[] got = call.outcome().get("scalars");
      double norm = OptimizerOracle.norm(g);
      assertThat(got[OptimizerScalars.NORM]).isCloseTo(norm, within(1e-9 * norm));
      assertThat(got[OptimizerScalars.FACTOR]).isCloseTo(2 / norm, within(1e-9));
      assertThat(got[OptimizerScalars.LEARNING_RATE]).isEqualTo(RATE);
      assertThat(got[OptimizerScalars.STEP]).isZero();
      assertThat(got[OptimizerScalars.SKIPPED]).isZero();
    }
  }

  /** So that a host which reads now and then misses none. */
  @ParameterizedTest
  @MethodSource("types")
  default void optimizer_normsThatAreNotFiniteAreCounted(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor scalars = scalars(call, 2);
      double[] values = {1, Double.NaN, 2, Double.POSITIVE_INFINITY, 3};
      for (int i = 0; i < values.length; i++) {
        backend().optimizer().globalNorm(call.in("g" + i, new double[] {values[i], 1}, 2), scalars);
      }
      assertThat(call.outcome().get("scalars")[OptimizerScalars.SKIPPED]).isEqualTo(2);
    }
  }

  /** Small gradients, zero gradients, and no limit. */
  @ParameterizedTest
  @MethodSource("types")
  default void optimizer_whatIsWithinTheLimitIsNotClipped(DType type) {
    double[] limits = {1e3, 1e3, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[][] gradients = {gradient(1), new double[COUNT], gradient(1), new double[COUNT]};
    for (int i = 0; i < limits.length; i++) {
      try (KernelCall call = new KernelCall(backend(), type)) {
        Tensor scalars = scalars(call, limits[i]);
        backend().optimizer().globalNorm(call.in("g", gradients[i], COUNT), scalars);
        assertThat(call.outcome().get("scalars")[OptimizerScalars.FACTOR]).isEqualTo(1);
      }
    }
  }

  /** Fixed order of the sum. */
  @ParameterizedTest
  @MethodSource("types")
  default void r10_theGlobalNormHasTheSameBitsEveryTime(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor scalars = scalars(call, 2);
      Tensor g = call.in("g", new RandomValues(79).uniform(100_003, 10), 100_003);
      backend().optimizer().globalNorm(g, scalars);
      Outcome first = call.outcome();
      for (int i = 0; i < 5; i++) {
        call.reset();
        backend().optimizer().globalNorm(g, scalars);
        assertSameBits("globalNorm", call.outcome(), first);
      }
    }
  }

  /** One exploded batch must not spoil what was learned. */
  @ParameterizedTest
  @MethodSource("types")
  default void optimizer_aGradientThatIsNotFiniteChangesNothing(DType type) {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      try (KernelCall call = new KernelCall(backend(), type)) {
        Tensor scalars = scalars(call, 2);
        double[] g = gradient(1);
        g[500] = bad;
        Tensor gradient = call.in("g", g, COUNT);
        Tensor p = call.updated("p", parameters(), COUNT);
        Tensor m = call.updated("m", gradient(2), COUNT);
        Tensor v = call.updated("v", gradient(3), COUNT);
        Outcome before = without(call.outcome(), "scalars");
        backend().optimizer().globalNorm(gradient, scalars);
        backend()
            .optimizer()
            .adam(
                new AdamUpdate(
                    p, gradient, m, v, scalars, 0.9, 0.99, 1e-8, 0.1, WeightDecay.DECOUPLED));
        backend()
            .optimizer()
            .sgd(new SgdUpdate(p, gradient, m, scalars, 0.9, Momentum.NESTEROV, 0.1));
        assertThat(call.outcome().get("scalars")[OptimizerScalars.NORM]).isNotFinite();
        assertSameBits("norm " + bad, without(call.outcome(), "scalars"), before);
      }
    }
  }

  /** Adam's t. */
  @ParameterizedTest
  @MethodSource("types")
  default void optimizer_advanceAddsOneToTheStepCountOnly(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor scalars = scalars(call, 2);
      backend().optimizer().advance(scalars);
      backend().optimizer().advance(scalars);
      assertThat(call.outcome().get("scalars")).startsWith(RATE, 2, 2);
    }
  }

  /** Named with both shapes. */
  @ParameterizedTest
  @MethodSource("types")
  default void r08_optimizersNameAWrongShape(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor scalars = scalars(call, 2);
      Tensor p = call.updated("p", new double[5], 5);
      Tensor m = call.updated("m", new double[5], 5);
      Tensor g = call.in("g", new double[6], 6);
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  backend()
                      .optimizer()
                      .adam(
                          new AdamUpdate(p, g, m, m, scalars, 0.9, 0.99, 1e-8, 0, WeightDecay.L2)))
          .withMessageContaining("[5]")
          .withMessageContaining("[6]");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  backend()
                      .optimizer()
                      .sgd(new SgdUpdate(p, g, null, scalars, 0, Momentum.CLASSICAL, 0)))
          .withMessageContaining("[5]")
          .withMessageContaining("[6]");
    }
  }

  private static Tensor scalars(KernelCall call, double maxNorm) {
    return call.updatedDoubles("scalars", RATE, maxNorm, 0, 0, 1, 0);
  }

  private static Outcome without(Outcome all, String name) {
    Outcome rest = new Outcome();
    all.names().stream().filter(n -> !n.equals(name)).forEach(n -> rest.put(n, all.get(n)));
    return rest;
  }
}
