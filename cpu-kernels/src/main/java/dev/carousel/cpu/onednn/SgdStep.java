package dev.carousel.cpu.onednn;

import dev.carousel.spi.OptimizerScalars;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.spi.SgdUpdate.Momentum;

/**
 * Gradient descent with what does not change within a step; the formula is in {@link SgdUpdate}.
 */
final class SgdStep {
  private final float factor;
  private final float rate;
  private final float momentum;
  private final float decay;

  /** How much of the gradient itself goes into the step, beside the velocity. */
  private final float direct;

  /** How much of the velocity does. */
  private final float indirect;

  SgdStep(SgdUpdate io, double[] scalars, int at) {
    factor = (float) scalars[at + OptimizerScalars.FACTOR];
    rate = (float) scalars[at + OptimizerScalars.LEARNING_RATE];
    momentum = (float) io.momentum();
    decay = (float) io.decay();
    boolean nesterov = io.momentumKind() == Momentum.NESTEROV;
    direct = nesterov ? 1 : 0;
    indirect = nesterov ? momentum : 1;
  }

  /** Updates the first {@code n} elements of a piece without momentum. */
  void update(float[] p, float[] g, int n) {
    for (int i = 0; i < n; i++) {
      p[i] -= rate * (factor * g[i] + decay * p[i]);
    }
  }

  /** Updates the first {@code n} elements of a piece and their velocities. */
  void update(float[] p, float[] g, float[] u, int n) {
    for (int i = 0; i < n; i++) {
      float gradient = factor * g[i] + decay * p[i];
      float velocity = momentum * u[i] + gradient;
      u[i] = velocity;
      p[i] -= rate * (direct * gradient + indirect * velocity);
    }
  }
}
