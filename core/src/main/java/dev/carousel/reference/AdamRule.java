package dev.carousel.reference;

import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.OptimizerScalars;
import dev.carousel.spi.WeightDecay;

/** Adam with what does not change within a step; the formula is in {@link AdamUpdate}. */
final class AdamRule {
  private final Reals parameters;
  private final Reals gradients;
  private final Reals firstMoments;
  private final Reals secondMoments;
  private final double factor;
  private final double beta1;
  private final double beta2;
  private final double rate;
  private final double correction2;
  private final double epsilon;
  private final double l2;
  private final double shrink;

  AdamRule(AdamUpdate io, Reals scalars) {
    parameters = Reals.of("parameters", io.parameters());
    gradients = Reals.of("gradients", io.gradients());
    firstMoments = Reals.of("m", io.m());
    secondMoments = Reals.of("v", io.v());
    factor = scalars.get(OptimizerScalars.FACTOR);
    beta1 = io.beta1();
    beta2 = io.beta2();
    epsilon = io.epsilon();
    double step = scalars.get(OptimizerScalars.STEP);
    double learningRate = scalars.get(OptimizerScalars.LEARNING_RATE);
    rate = learningRate / (1 - Math.pow(beta1, step));
    correction2 = 1 / (1 - Math.pow(beta2, step));
    l2 = io.decayKind() == WeightDecay.L2 ? io.decay() : 0;
    shrink = io.decayKind() == WeightDecay.DECOUPLED ? 1 - learningRate * io.decay() : 1;
  }

  /** Updates {@code n} elements from {@code from} on; the buffer has room for four pieces. */
  void update(double[] buffer, int stride, int from, int n) {
    int g = stride;
    int m = 2 * stride;
    int v = 3 * stride;
    parameters.read(from, buffer, 0, n);
    gradients.read(from, buffer, g, n);
    firstMoments.read(from, buffer, m, n);
    secondMoments.read(from, buffer, v, n);
    for (int i = 0; i < n; i++) {
      double gradient = factor * buffer[g + i] + l2 * buffer[i];
      buffer[m + i] = beta1 * buffer[m + i] + (1 - beta1) * gradient;
      buffer[v + i] = beta2 * buffer[v + i] + (1 - beta2) * gradient * gradient;
    }
    for (int i = 0; i < n; i++) {
      double scale = Math.sqrt(buffer[v + i] * correction2) + epsilon;
      buffer[i] = shrink * buffer[i] - rate * buffer[m + i] / scale;
    }
    parameters.write(from, buffer, 0, n);
    firstMoments.write(from, buffer, m, n);
    secondMoments.write(from, buffer, v, n);
  }
}
