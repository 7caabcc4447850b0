package dev.carousel.reference;

import dev.carousel.spi.OptimizerScalars;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.spi.SgdUpdate.Momentum;
import org.jspecify.annotations.Nullable;

/** Gradient descent with what does not change within a step; see {@link SgdUpdate}. */
final class SgdRule {
  private final Reals parameters;
  private final Reals gradients;
  private final @Nullable Reals velocity;
  private final double factor;
  private final double rate;
  private final double momentum;
  private final double decay;
  private final boolean lookAhead;

  SgdRule(SgdUpdate io, Reals scalars) {
    parameters = Reals.of("parameters", io.parameters());
    gradients = Reals.of("gradients", io.gradients());
    velocity = io.velocity() == null ? null : Reals.of("velocity", io.velocity());
    factor = scalars.get(OptimizerScalars.FACTOR);
    rate = scalars.get(OptimizerScalars.LEARNING_RATE);
    momentum = io.momentum();
    decay = io.decay();
    lookAhead = io.momentumKind() == Momentum.NESTEROV;
  }

  /** Updates {@code n} elements from {@code from} on; the buffer has room for three pieces. */
  void update(double[] buffer, int stride, int from, int n) {
    int g = stride;
    parameters.read(from, buffer, 0, n);
    gradients.read(from, buffer, g, n);
    for (int i = 0; i < n; i++) {
      buffer[g + i] = factor * buffer[g + i] + decay * buffer[i];
    }
    if (velocity != null) {
      accelerate(velocity, buffer, stride, from, n);
    }
    for (int i = 0; i < n; i++) {
      buffer[i] -= rate * buffer[g + i];
    }
    parameters.write(from, buffer, 0, n);
  }

  /** Replaces the gradient by the direction of the step. */
  private void accelerate(Reals velocities, double[] buffer, int g, int from, int n) {
    int u = 2 * g;
    velocities.read(from, buffer, u, n);
    for (int i = 0; i < n; i++) {
      buffer[u + i] = momentum * buffer[u + i] + buffer[g + i];
    }
    velocities.write(from, buffer, u, n);
    for (int i = 0; i < n; i++) {
      buffer[g + i] = lookAhead ? buffer[g + i] + momentum * buffer[u + i] : buffer[u + i];
    }
  }
}
