package dev.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Init;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.SgdUpdate;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two parameters, three steps, against the published formulas worked out in double. */
class OptimizerTest {
  private static final double RATE = 0.1;
  private static final double[] START = {1, -2};
  private static final double[][] GRADIENTS = {{0.5, -0.25}, {1, 0.75}, {-2, 0.125}};
  private static final double TOLERANCE = 1e-6;

  private Backend backend;
  private ParameterSet parameters;

  @BeforeEach
  void build() {
    backend = Backends.named("reference", 1);
    ParameterSet.Builder set = ParameterSet.builder();
    set.declare("p", Init.constant(0), 2);
    parameters = set.build(backend, 1);
    parameters.upload(new float[] {1, -2});
  }

  @AfterEach
  void close() {
    parameters.close();
    backend.close();
  }

  private void step(Optimizer optimizer, double... gradient) {
    backend
        .memory()
        .upload(new float[] {(float) gradient[0], (float) gradient[1]}, 0, parameters.gradients());
    optimizer.step(RATE);
  }

  /** Takes all steps and compares with one formula for each element. */
  private void assertFollows(UpdateRule rule, ByElement expected) {
    try (Optimizer optimizer = new Optimizer(parameters, rule, Double.POSITIVE_INFINITY)) {
      for (double[] g : GRADIENTS) {
        step(optimizer, g);
      }
    }
    float[] found = parameters.download();
    for (int i = 0; i < 2; i++) {
      double p = START[i];
      DoubleBinaryOperator formula = expected.begin();
      for (double[] g : GRADIENTS) {
        p = formula.applyAsDouble(p, g[i]);
      }
      assertThat((double) found[i]).isCloseTo(p, within(TOLERANCE));
    }
  }

  /** Begins a formula (parameter, gradient) to parameter with whatever it remembers. */
  private interface ByElement {
    DoubleBinaryOperator begin();
  }

  private static DoubleBinaryOperator adam(double l2, double decoupled) {
    double[] mvt = new double[3];
    return (p, gradient) -> {
      double g = gradient + l2 * p;
      double q = p - RATE * decoupled * p;
      mvt[0] = 0.9 * mvt[0] + 0.1 * g;
      mvt[1] = 0.999 * mvt[1] + 0.001 * g * g;
      mvt[2]++;
      double m = mvt[0] / (1 - Math.pow(0.9, mvt[2]));
      double v = mvt[1] / (1 - Math.pow(0.999, mvt[2]));
      return q - RATE * m / (Math.sqrt(v) + 1e-8);
    };
  }

  @Test
  void adam() {
    assertFollows(Adam.DEFAULT, () -> adam(0, 0));
  }

  @Test
  void adamWithL2AddsTheDecayToTheGradient() {
    assertFollows(new Adam(0.9, 0.999, 1e-8, 0.3), () -> adam(0.3, 0));
  }

  @Test
  void adamWTakesTheDecayFromTheParameter() {
    assertFollows(AdamW.DEFAULT, () -> adam(0, 0.01));
  }

  @Test
  void plainDescent() {
    assertFollows(Sgd.PLAIN, () -> (p, g) -> p - RATE * g);
  }

  @Test
  void momentumAndL2AsPyTorchHasThem() {
    Sgd rule = new Sgd(0.9, SgdUpdate.Momentum.CLASSICAL, 0.3);
    assertFollows(
        rule,
        () -> {
          double[] u = new double[1];
          return (p, g) -> {
            u[0] = 0.9 * u[0] + g + 0.3 * p;
            return p - RATE * u[0];
          };
        });
  }

  @Test
  void nesterovLooksAhead() {
    assertFollows(
        Sgd.nesterov(0.9),
        () -> {
          double[] u = new double[1];
          return (p, g) -> {
            u[0] = 0.9 * u[0] + g;
            return p - RATE * (g + 0.9 * u[0]);
          };
        });
  }

  @Test
  void gradientsBeyondTheNormAreScaledTogetherAndTheNormIsReported() {
    try (Optimizer optimizer = new Optimizer(parameters, Sgd.PLAIN, 2.5)) {
      step(optimizer, 3, 4);
      assertThat(optimizer.read().norm()).isEqualTo(5);
      assertThat(parameters.download())
          .containsExactly(new float[] {1 - 0.15f, -2 - 0.2f}, within(1e-6f));
      step(optimizer, 0.3, 0.4);
      assertThat(optimizer.read().norm()).isCloseTo(0.5, within(1e-7));
      assertThat(parameters.download())
          .containsExactly(new float[] {1 - 0.18f, -2 - 0.24f}, within(1e-6f));
    }
  }

  @Test
  void aGradientThatIsNotFiniteChangesNothing() {
    try (Optimizer optimizer = new Optimizer(parameters, Adam.DEFAULT, 1)) {
      step(optimizer, 3, 4);
      float[] before = parameters.download();
      Optimizer.State state = optimizer.state();
      step(optimizer, Double.NaN, 4);
      assertThat(optimizer.read().norm()).isNaN();
      step(optimizer, 3, Double.POSITIVE_INFINITY);
      assertThat(optimizer.read().norm()).isInfinite();
      assertThat(optimizer.read().skipped()).isEqualTo(2);
      assertThat(parameters.download()).containsExactly(before);
      assertThat(optimizer.state().buffers().get(0)).containsExactly(state.buffers().get(0));
      assertThat(optimizer.state().buffers().get(1)).containsExactly(state.buffers().get(1));
    }
  }

  @Test
  void aRestoredOptimizerGoesOnWithTheSameBits() {
    Optimizer.State state;
    float[] middle;
    try (Optimizer optimizer = new Optimizer(parameters, Adam.DEFAULT, 1)) {
      step(optimizer, 3, 4);
      state = optimizer.state();
      middle = parameters.download();
      step(optimizer, 1, -2);
    }
    float[] end = parameters.download();
    parameters.upload(middle);
    try (Optimizer optimizer = new Optimizer(parameters, Adam.DEFAULT, 1)) {
      optimizer.restore(state);
      step(optimizer, 1, -2);
    }
    assertThat(parameters.download()).containsExactly(end);
  }

  @Test
  void aStateOfAnotherRuleIsRefused() {
    try (Optimizer adam = new Optimizer(parameters, Adam.DEFAULT, 1);
        Optimizer sgd = new Optimizer(parameters, Sgd.PLAIN, 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> adam.restore(sgd.state()))
          .withMessageContaining("[m, v] of 2 values each");
    }
  }

  @Test
  void numbersOutOfRangeAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Adam(1, 0.999, 1e-8, 0))
        .withMessage("beta1 must be 0 to below 1, not 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AdamW(0.9, 0.999, 0, 0))
        .withMessageContaining("epsilon");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sgd.momentum(Double.NaN))
        .withMessageContaining("momentum");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sgd(0, SgdUpdate.Momentum.NESTEROV, 0))
        .withMessageContaining("NESTEROV");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Optimizer(parameters, Sgd.PLAIN, 0))
        .withMessageContaining("clipping norm");
  }

  @Test
  void nothingIsAllocatedForARuleThatRemembersNothing() {
    try (Optimizer sgd = new Optimizer(parameters, Sgd.PLAIN, 1)) {
      assertThat(sgd.state().buffers()).isEmpty();
      assertThat(sgd.state().scalars()).hasSize(dev.carousel.spi.OptimizerScalars.SIZE);
    }
  }
}
