package dev.carousel.reference;

import dev.carousel.spi.Activation;
import dev.carousel.spi.ElementwiseKernels;
import dev.carousel.tensor.Tensor;

/** One loop each. */
final class ReferenceElementwise implements ElementwiseKernels {
  @Override
  public void add(Tensor a, Tensor b, Tensor out) {
    b.require("b", a.type(), a.shape().dims());
    requireOutput("a", a, "out", out);
    requireOutput("b", b, "out", out);
    Reals x = Reals.of("a", a);
    Reals y = Reals.of("b", b);
    Reals z = Reals.of("out", out);
    for (int i = 0; i < a.size(); i++) {
      z.set(i, x.get(i) + y.get(i));
    }
  }

  @Override
  public void addScaled(double alpha, Tensor x, Tensor y) {
    requireOutput("x", x, "y", y);
    Reals from = Reals.of("x", x);
    Reals to = Reals.of("y", y);
    for (int i = 0; i < x.size(); i++) {
      to.add(i, alpha * from.get(i));
    }
  }

  @Override
  public void multiply(Tensor a, Tensor b, Tensor out) {
    b.require("b", a.type(), a.shape().dims());
    requireOutput("a", a, "out", out);
    requireOutput("b", b, "out", out);
    Reals x = Reals.of("a", a);
    Reals y = Reals.of("b", b);
    Reals z = Reals.of("out", out);
    for (int i = 0; i < a.size(); i++) {
      z.set(i, x.get(i) * y.get(i));
    }
  }

  @Override
  public void clamp(Tensor x, double bound) {
    if (!(bound > 0)) {
      throw new IllegalArgumentException("the bound of a clamp must be above 0, not " + bound);
    }
    Reals values = Reals.of("x", x);
    for (int i = 0; i < x.size(); i++) {
      values.set(i, Math.min(Math.max(values.get(i), -bound), bound));
    }
  }

  @Override
  public void activate(Activation f, Tensor x, Tensor y) {
    requireOutput("x", x, "y", y);
    Reals from = Reals.of("x", x);
    Reals to = Reals.of("y", y);
    for (int i = 0; i < x.size(); i++) {
      double v = from.get(i);
      to.set(
          i,
          switch (f) {
            case TANH -> Math.tanh(v);
            case SIGMOID -> CellMath.sigmoid(v);
            case RELU -> Math.max(0, v);
          });
    }
  }

  @Override
  public void activateBackward(Activation f, Tensor y, Tensor dy, Tensor dx) {
    dy.require("dy", y.type(), y.shape().dims());
    requireOutput("y", y, "dx", dx);
    requireOutput("dy", dy, "dx", dx);
    Reals values = Reals.of("y", y);
    Reals from = Reals.of("dy", dy);
    Reals to = Reals.of("dx", dx);
    for (int i = 0; i < y.size(); i++) {
      double v = values.get(i);
      double slope =
          switch (f) {
            case TANH -> 1 - v * v;
            case SIGMOID -> v * (1 - v);
            case RELU -> v > 0 ? 1 : 0;
          };
      to.set(i, from.get(i) * slope);
    }
  }

  @Override
  public void concat(Tensor[] parts, Tensor out) {
    requireParts(parts, "out", out);
    Reals to = Reals.of("out", out);
    int width = out.shape().dim(-1);
    int at = 0;
    for (Tensor part : parts) {
      Reals from = Reals.of("part", part);
      int n = part.shape().dim(-1);
      for (int r = 0; r < out.shape().rows(); r++) {
        for (int j = 0; j < n; j++) {
          to.set(r * width + at + j, from.get(r * n + j));
        }
      }
      at += n;
    }
  }

  @Override
  public void split(Tensor whole, Tensor[] parts) {
    requireParts(parts, "whole", whole);
    Reals from = Reals.of("whole", whole);
    int width = whole.shape().dim(-1);
    int at = 0;
    for (Tensor part : parts) {
      Reals to = Reals.of("part", part);
      int n = part.shape().dim(-1);
      for (int r = 0; r < whole.shape().rows(); r++) {
        for (int j = 0; j < n; j++) {
          to.set(r * n + j, from.get(r * width + at + j));
        }
      }
      at += n;
    }
  }

  private static void requireOutput(String nameA, Tensor a, String nameB, Tensor b) {
    b.require(nameB, a.type(), a.shape().dims());
    Operands.sameOrDisjoint(nameA, a, nameB, b);
  }

  private static void requireParts(Tensor[] parts, String name, Tensor whole) {
    int width = 0;
    for (int i = 0; i < parts.length; i++) {
      int[] dims = whole.shape().dims();
      Operands.leading(parts[i]);
      dims[dims.length - 1] = parts[i].shape().dim(-1);
      parts[i].require("parts[" + i + "]", whole.type(), dims);
      Operands.disjoint(name, whole, "parts[" + i + "]", parts[i]);
      width += parts[i].shape().dim(-1);
    }
    Operands.lastAxis(name, whole, width);
  }
}
