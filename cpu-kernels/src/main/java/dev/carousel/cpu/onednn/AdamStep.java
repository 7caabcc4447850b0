package dev.carousel.cpu.onednn;

import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.OptimizerScalars;
import dev.carousel.spi.WeightDecay;

/** Adam with what does not change within a step; the formula is in {@link AdamUpdate}. */
final class AdamStep {
  private final float factor;
  private final float beta1;
  private final float beta2;
  private final float rest1;
  private final float rest2;
  private final float rate;
  private final float correction;
  private final float epsilon;
  private final float l2;
  private final float shrink;

  AdamStep(AdamUpdate io, double[] scalars, int at) {
    double step = scalars[at + OptimizerScalars.STEP];
    double learningRate = scalars[at + OptimizerScalars.LEARNING_RATE];
    factor = (float) scalars[at + OptimizerScalars.FACTOR];
    beta1 = (float) io.beta1();
    beta2 = (float) io.beta2();
    rest1 = (float) (1 - io.beta1());
    rest2 = (float) (1 - io.beta2()); // from doubles: the difference of floats is 5e-5 off
    rate = (float) (learningRate / (1 - Math.pow(io.beta1(), step)));
    correction = (float) (1 / (1 - Math.pow(io.beta2(), step)));
    epsilon = (float) io.epsilon();
    boolean decoupled = io.decayKind() == WeightDecay.DECOUPLED;
    l2 = decoupled ? 0 : (float) io.decay();
    shrink = decoupled ? (float) (1 - learningRate * io.decay()) : 1;
  }

  /** Updates the first {@code n} elements of a piece. */
  void update(float[] p, float[] g, float[] m, float[] v, int n) {
    for (int i = 0; i < n; i++) {
      float gradient = factor * g[i] + l2 * p[i];
      float first = beta1 * m[i] + rest1 * gradient;
      float second = beta2 * v[i] + rest2 * gradient * gradient;
      float scale = (float) Math.sqrt(second * correction) + epsilon;
      m[i] = first;
      v[i] = second;
      p[i] = shrink * p[i] - rate * first / scale;
    }
  }
}
