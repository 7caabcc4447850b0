package dev.carousel.kit.oracle;

import dev.carousel.kit.run.Outcome;
import dev.carousel.spi.SgdUpdate.Momentum;
import dev.carousel.spi.WeightDecay;

/**
 * Clipping and updates, element by element. Names of its results: {@code p}, {@code m}, {@code v}
 * and {@code u}.
 */
public final class OptimizerOracle {
  private final double[] p;
  private final double[] m;
  private final double[] v;
  private final double[] u;

  /** Starts from these parameters and zero moments. */
  public OptimizerOracle(double[] parameters) {
    p = parameters.clone();
    m = new double[p.length];
    v = new double[p.length];
    u = new double[p.length];
  }

  /** The L2 norm. */
  public static double norm(double[] g) {
    double sum = 0;
    for (double x : g) {
      sum += x * x;
    }
    return Math.sqrt(sum);
  }

  /** What a gradient is multiplied by. */
  public static double factor(double[] g, double maxNorm) {
    return norm(g) > maxNorm ? maxNorm / norm(g) : 1;
  }

  /** Step {@code t} of Adam with β 0.8 and 0.95, ε 1e-3. */
  public void adam(double[] g, double factor, double rate, int t, double decay, WeightDecay kind) {
    for (int i = 0; i < p.length; i++) {
      double gi = factor * g[i] + (kind == WeightDecay.L2 ? decay * p[i] : 0);
      p[i] -= kind == WeightDecay.DECOUPLED ? rate * decay * p[i] : 0;
      m[i] = 0.8 * m[i] + 0.2 * gi;
      v[i] = 0.95 * v[i] + 0.05 * gi * gi;
      double mean = m[i] / (1 - Math.pow(0.8, t));
      double square = v[i] / (1 - Math.pow(0.95, t));
      p[i] -= rate * mean / (Math.sqrt(square) + 1e-3);
    }
  }

  /** One step of gradient descent. */
  public void sgd(
      double[] g, double factor, double rate, double momentum, Momentum kind, double decay) {
    for (int i = 0; i < p.length; i++) {
      double gi = factor * g[i] + decay * p[i];
      u[i] = momentum * u[i] + gi;
      p[i] -= rate * (kind == Momentum.NESTEROV ? gi + momentum * u[i] : u[i]);
    }
  }

  /** The state so far. */
  public Outcome outcome() {
    Outcome o = new Outcome();
    o.put("p", p);
    o.put("m", m);
    o.put("v", v);
    o.put("u", u);
    return o;
  }
}
