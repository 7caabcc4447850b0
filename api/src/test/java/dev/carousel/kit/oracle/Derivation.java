package dev.carousel.kit.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/** The steps of one computation in {@link Real} numbers, in the order in which they were taken. */
public final class Derivation {
  private record Step(Real result, DoubleConsumer backward) {}

  private final List<Step> steps = new ArrayList<>();

  /** A number that was not computed from others. */
  public Real given(double value) {
    return new Real(this, value);
  }

  /** The same for each of {@code values}, from {@code from} on. */
  public Real[] given(double[] values, int from, int count) {
    Real[] all = new Real[count];
    for (int i = 0; i < count; i++) {
      all[i] = given(values[from + i]);
    }
    return all;
  }

  Real result(double value, DoubleConsumer backward) {
    Real r = new Real(this, value);
    steps.add(new Step(r, backward));
    return r;
  }

  /** {@code Σ a_i b_i}, as one step. */
  public Real dot(Real[] a, Real[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i].value() * b[i].value();
    }
    return result(
        sum,
        g -> {
          for (int i = 0; i < a.length; i++) {
            a[i].receive(g * b[i].value());
            b[i].receive(g * a[i].value());
          }
        });
  }

  /** {@code Σ a_i}. */
  public Real sum(List<Real> a) {
    Real total = given(0);
    for (Real r : a) {
      total = total.plus(r);
    }
    return total;
  }

  /** {@code log Σ e^a_i}, shifted by the largest term so that it stays finite. */
  public Real logSumExp(List<Real> a) {
    Real largest = given(a.stream().mapToDouble(Real::value).max().orElseThrow());
    return sum(a.stream().map(r -> r.minus(largest).exp()).toList()).log().plus(largest);
  }

  /** Hands every gradient received so far back to the numbers it depends on. Once only. */
  public void backward() {
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      step.backward().accept(step.result().gradient());
    }
  }

  /** The values of {@code reals}. */
  public static double[] values(Real[] reals) {
    double[] v = new double[reals.length];
    for (int i = 0; i < v.length; i++) {
      v[i] = reals[i].value();
    }
    return v;
  }

  /** The gradients of {@code reals}. */
  public static double[] gradients(Real[] reals) {
    double[] g = new double[reals.length];
    for (int i = 0; i < g.length; i++) {
      g[i] = reals[i].gradient();
    }
    return g;
  }

  /** Gives each of {@code reals} its weight in the quantity to be differentiated. */
  public static void seed(Real[] reals, double[] weights) {
    for (int i = 0; i < reals.length; i++) {
      reals[i].receive(weights[i]);
    }
  }
}
