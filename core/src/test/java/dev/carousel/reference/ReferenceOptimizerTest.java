package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.OptimizerScalars;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.spi.SgdUpdate.Momentum;
import dev.carousel.spi.WeightDecay;
import dev.carousel.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Steps computed by hand; every update twice, so that the moments count. */
class ReferenceOptimizerTest {
  private final ReferenceOptimizer optimizer =
      new ReferenceOptimizer(new Workers(2), new ThreadScratch());
  private final double[] scalars = {0.1, Double.POSITIVE_INFINITY, 0, 0, 0, 0};
  private final double[] p = {1};
  private final double[] g = {0};
  private final double[] m = {0};
  private final double[] v = {0};

  private static Tensor vector(double[] values) {
    return Tensor.of(values, values.length);
  }

  private void adam(double gradient, double decay, WeightDecay kind) {
    g[0] = gradient;
    optimizer.advance(vector(scalars));
    optimizer.globalNorm(vector(g), vector(scalars));
    optimizer.adam(
        new AdamUpdate(
            vector(p),
            vector(g),
            vector(m),
            vector(v),
            vector(scalars),
            0.9,
            0.99,
            0.5,
            decay,
            kind));
  }

  @Test
  void adamTakesTheStepsComputedByHand() {
    adam(2, 0, WeightDecay.L2);
    // m = 0.2, m̂ = 2; v = 0.04, v̂ = 4: 1 − 0.1 · 2 / (2 + 0.5)
    assertThat(p[0]).isCloseTo(0.92, within(1e-14));
    adam(-1, 0, WeightDecay.L2);
    // m = 0.08, m̂ = 0.08 / 0.19; v = 0.0496, v̂ = 0.0496 / 0.0199
    double step = 0.1 * (0.08 / 0.19) / (Math.sqrt(0.0496 / 0.0199) + 0.5);
    assertThat(p[0]).isCloseTo(0.92 - step, within(1e-14));
  }

  @Test
  void l2DecayEntersTheGradientAndDecoupledDecayTheParameter() {
    adam(2, 0.5, WeightDecay.L2);
    // g = 2 + 0.5 · 1 = 2.5, so m̂ = 2.5 and √v̂ = 2.5
    assertThat(p[0]).isCloseTo(1 - 0.1 * 2.5 / 3, within(1e-14));
    p[0] = 1;
    m[0] = 0;
    v[0] = 0;
    scalars[OptimizerScalars.STEP] = 0;
    adam(2, 0.5, WeightDecay.DECOUPLED);
    assertThat(p[0]).isCloseTo(1 - 0.1 * 0.5 - 0.08, within(1e-14));
  }

  private void sgd(double gradient, Momentum kind, double decay) {
    g[0] = gradient;
    optimizer.globalNorm(vector(g), vector(scalars));
    optimizer.sgd(
        new SgdUpdate(vector(p), vector(g), vector(v), vector(scalars), 0.5, kind, decay));
  }

  @Test
  void classicalMomentumTakesTheStepsComputedByHand() {
    sgd(2, Momentum.CLASSICAL, 0);
    assertThat(p[0]).isCloseTo(0.8, within(1e-15));
    sgd(1, Momentum.CLASSICAL, 0);
    assertThat(p[0]).as("u = 0.5 · 2 + 1").isCloseTo(0.6, within(1e-15));
  }

  @Test
  void nesterovMomentumLooksAhead() {
    sgd(2, Momentum.NESTEROV, 0);
    assertThat(p[0]).as("g + 0.5 u = 3").isCloseTo(0.7, within(1e-15));
  }

  @Test
  void decayOfGradientDescentIsL2() {
    sgd(2, Momentum.CLASSICAL, 1);
    assertThat(p[0]).as("g = 2 + 1").isCloseTo(0.7, within(1e-15));
  }

  @Test
  void withoutMomentumThereIsNoVelocity() {
    optimizer.sgd(
        new SgdUpdate(
            vector(p),
            vector(new double[] {1}),
            null,
            vector(new double[] {0.1, 1, 1, 1, 1, 0}),
            0,
            Momentum.CLASSICAL,
            0));
    assertThat(p[0]).isCloseTo(0.9, within(1e-15));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                optimizer.sgd(
                    new SgdUpdate(
                        vector(p), vector(g), null, vector(scalars), 0.9, Momentum.CLASSICAL, 0)))
        .withMessage("momentum 0.9 needs a velocity of shape [1]");
  }

  @Test
  void gradientsAreClippedToTheLargestNorm() {
    scalars[OptimizerScalars.MAX_NORM] = 1;
    optimizer.globalNorm(vector(new double[] {3, 4}), vector(scalars));
    assertThat(scalars[OptimizerScalars.NORM]).isEqualTo(5);
    assertThat(scalars[OptimizerScalars.FACTOR]).isEqualTo(0.2);
    sgd(5, Momentum.CLASSICAL, 0);
    assertThat(p[0]).as("5 clipped to 1").isCloseTo(0.9, within(1e-15));
  }

  @Test
  void anInfiniteNormChangesNothing() {
    adam(Double.NaN, 0, WeightDecay.L2);
    sgd(Double.POSITIVE_INFINITY, Momentum.CLASSICAL, 0);
    assertThat(p[0]).isEqualTo(1);
    assertThat(m[0]).isZero();
    assertThat(v[0]).isZero();
  }

  @Test
  void everyElementOfALargeBufferIsUpdatedAndCounted() {
    int size = 200_001;
    double[] values = Slopes.random(new Random(1), size);
    double[] gradients = Slopes.random(new Random(2), size);
    double[] before = values.clone();
    double sum = 0;
    for (double x : gradients) {
      sum += x * x;
    }
    optimizer.globalNorm(vector(gradients), vector(scalars));
    optimizer.sgd(
        new SgdUpdate(
            vector(values), vector(gradients), null, vector(scalars), 0, Momentum.CLASSICAL, 0));
    assertThat(scalars[OptimizerScalars.NORM]).isCloseTo(Math.sqrt(sum), within(1e-9));
    for (int i = 0; i < size; i++) {
      if (values[i] != before[i] - 0.1 * gradients[i]) {
        assertThat(values[i]).as("element %d", i).isEqualTo(before[i] - 0.1 * gradients[i]);
      }
    }
  }
}
