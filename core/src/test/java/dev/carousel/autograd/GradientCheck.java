package dev.carousel.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Compares the gradients of a whole model with central differences of its loss. Values are single
 * precision, so the step h along a unit direction is large and its error of order h² is removed by
 * Richardson's extrapolation. What remains is the rounding of the loss, about 1e-7 of its value /
 * h, and of the gradient itself.
 */
public final class GradientCheck {
  private static final double SMOOTH_STEP = 0.02;
  private static final double KINKED_STEP = 0.002;
  private static final double RELATIVE = 1e-3;
  private static final double ROUNDING = 2e-7;
  private static final int RANDOM_DIRECTIONS = 8;

  private final Rig rig;
  private final Objective objective;
  private final double step;
  private final double noise;
  private final float[] start;
  private final double[] gradient;

  private GradientCheck(Rig rig, Objective objective, double step) {
    this.rig = rig;
    this.objective = objective;
    this.step = step;
    this.start = rig.parameters().download();
    this.gradient = rig.gradient(objective);
    this.noise = ROUNDING * Math.max(1, rig.value(objective)) / step;
  }

  /** Checks every parameter alone and all of them together in random directions. */
  public static void check(Rig rig, Objective objective) {
    new GradientCheck(rig, objective, SMOOTH_STEP).run();
  }

  /** The same for models with corners, which a long step would go around. */
  public static void checkKinked(Rig rig, Objective objective) {
    new GradientCheck(rig, objective, KINKED_STEP).run();
  }

  private void run() {
    rig.parameters().parameters().stream().filter(p -> !p.frozen()).forEach(this::alongOwnGradient);
    SplittableRandom random = new SplittableRandom(41);
    for (int i = 0; i < RANDOM_DIRECTIONS; i++) {
      double[] direction = random.doubles(start.length, -1, 1).toArray();
      rig.parameters().parameters().stream()
          .filter(Parameter::frozen)
          .forEach(p -> leaveOut(p, direction));
      along("random direction " + i, direction);
    }
  }

  private static void leaveOut(Parameter p, double[] direction) {
    int from = (int) p.offset();
    Arrays.fill(direction, from, from + (int) p.shape().size(), 0);
  }

  private void alongOwnGradient(Parameter p) {
    double[] direction = new double[start.length];
    int from = (int) p.offset();
    int to = from + (int) p.shape().size();
    System.arraycopy(gradient, from, direction, from, to - from);
    assertThat(norm(direction)).as("norm of the gradient of " + p.name()).isGreaterThan(20 * noise);
    along(p.name(), direction);
  }

  private void along(String name, double[] direction) {
    double norm = norm(direction);
    double expected = 0;
    double magnitude = 0;
    for (int i = 0; i < direction.length; i++) {
      direction[i] /= norm;
      expected += direction[i] * gradient[i];
      magnitude += direction[i] == 0 ? 0 : gradient[i] * gradient[i];
    }
    double measured = (4 * slope(direction, step) - slope(direction, 2 * step)) / 3;
    assertThat(expected)
        .as("derivative along " + name)
        .isCloseTo(measured, within(RELATIVE * Math.sqrt(magnitude) + noise));
  }

  private double slope(double[] direction, double h) {
    return (valueAt(direction, h) - valueAt(direction, -h)) / (2 * h);
  }

  private double valueAt(double[] direction, double h) {
    float[] moved = start.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (h * direction[i]);
    }
    rig.parameters().upload(moved);
    double value = rig.value(objective);
    rig.parameters().upload(start);
    return value;
  }

  private static double norm(double[] v) {
    return Math.sqrt(Arrays.stream(v).map(x -> x * x).sum());
  }
}
