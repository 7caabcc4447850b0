package dev.carousel.cpu.fused;

import dev.carousel.spi.Activation;
import dev.carousel.spi.ElementwiseKernels;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/**
 * Single passes over F32 tensors.
 *
 * @param engine the threads and the instruction set
 * @param others for tensors of another type
 */
record FusedElementwiseKernels(long engine, ElementwiseKernels others)
    implements ElementwiseKernels {
  @Override
  public void add(Tensor a, Tensor b, Tensor out) {
    if (a.type() != DType.F32) {
      others.add(a, b, out);
      return;
    }
    requireAlike(a, b, out);
    NativeElements.add(
        engine,
        Floats.of(a),
        a.heapOffset(),
        Floats.of(b),
        b.heapOffset(),
        Floats.of(out),
        out.heapOffset(),
        (int) a.size());
  }

  @Override
  public void multiply(Tensor a, Tensor b, Tensor out) {
    if (a.type() != DType.F32) {
      others.multiply(a, b, out);
      return;
    }
    requireAlike(a, b, out);
    NativeElements.multiply(
        engine,
        Floats.of(a),
        a.heapOffset(),
        Floats.of(b),
        b.heapOffset(),
        Floats.of(out),
        out.heapOffset(),
        (int) a.size());
  }

  private static void requireAlike(Tensor a, Tensor b, Tensor out) {
    b.require("b", DType.F32, a.shape().dims());
    requireOutput("a", a, "out", out);
    requireOutput("b", b, "out", out);
  }

  @Override
  public void addScaled(double alpha, Tensor x, Tensor y) {
    if (x.type() != DType.F32) {
      others.addScaled(alpha, x, y);
      return;
    }
    requireOutput("x", x, "y", y);
    NativeElements.addScaled(
        engine, alpha, Floats.of(x), x.heapOffset(), Floats.of(y), y.heapOffset(), (int) x.size());
  }

  @Override
  public void clamp(Tensor x, double bound) {
    if (x.type() != DType.F32) {
      others.clamp(x, bound);
      return;
    }
    if (!(bound > 0)) {
      throw new IllegalArgumentException("the bound of a clamp must be above 0, not " + bound);
    }
    NativeElements.clamp(engine, bound, Floats.of(x), x.heapOffset(), (int) x.size());
  }

  @Override
  public void activate(Activation f, Tensor x, Tensor y) {
    if (x.type() != DType.F32) {
      others.activate(f, x, y);
      return;
    }
    requireOutput("x", x, "y", y);
    NativeElements.activate(
        engine,
        number(f),
        Floats.of(x),
        x.heapOffset(),
        Floats.of(y),
        y.heapOffset(),
        (int) x.size());
  }

  @Override
  public void activateBackward(Activation f, Tensor y, Tensor dy, Tensor dx) {
    if (y.type() != DType.F32) {
      others.activateBackward(f, y, dy, dx);
      return;
    }
    dy.require("dy", DType.F32, y.shape().dims());
    requireOutput("y", y, "dx", dx);
    requireOutput("dy", dy, "dx", dx);
    NativeElements.activateBackward(
        engine,
        number(f),
        Floats.of(y),
        y.heapOffset(),
        Floats.of(dy),
        dy.heapOffset(),
        Floats.of(dx),
        dx.heapOffset(),
        (int) y.size());
  }

  /** The place of an activation in the enumeration of {@code elementwise.h}. */
  private static int number(Activation f) {
    return switch (f) {
      case TANH -> 0;
      case SIGMOID -> 1;
      case RELU -> 2;
    };
  }

  @Override
  public void concat(Tensor[] parts, Tensor out) {
    if (out.type() != DType.F32) {
      others.concat(parts, out);
      return;
    }
    requireParts(parts, "out", out);
    int at = out.heapOffset();
    for (Tensor part : parts) {
      int width = part.shape().dim(-1);
      copyRows(part, part.heapOffset(), out, at, width);
      at += width;
    }
  }

  @Override
  public void split(Tensor whole, Tensor[] parts) {
    if (whole.type() != DType.F32) {
      others.split(whole, parts);
      return;
    }
    requireParts(parts, "whole", whole);
    int at = whole.heapOffset();
    for (Tensor part : parts) {
      int width = part.shape().dim(-1);
      copyRows(whole, at, part, part.heapOffset(), width);
      at += width;
    }
  }

  /** Copies {@code width} columns of all rows, beginning at these elements of the arrays. */
  private void copyRows(Tensor from, int fromAt, Tensor to, int toAt, int width) {
    NativeElements.copyRows(
        engine,
        Floats.of(from),
        fromAt,
        from.shape().dim(-1),
        Floats.of(to),
        toAt,
        to.shape().dim(-1),
        from.shape().rows(),
        width);
  }

  private static void requireOutput(String nameA, Tensor a, String nameB, Tensor b) {
    b.require(nameB, DType.F32, a.shape().dims());
    Overlap.requireSameOrNone(nameA, a, nameB, b);
  }

  private static void requireParts(Tensor[] parts, String name, Tensor whole) {
    int[] dims = whole.shape().dims();
    if (dims.length == 0) {
      throw new IllegalArgumentException("a tensor without axes has no rows");
    }
    int last = dims.length - 1;
    int width = 0;
    for (int i = 0; i < parts.length; i++) {
      String part = "parts[" + i + "]";
      dims[last] = parts[i].shape().rank() == 0 ? 0 : parts[i].shape().dim(-1);
      parts[i].require(part, DType.F32, dims);
      Overlap.requireNone(name, whole, part, parts[i]);
      width += dims[last];
    }
    if (whole.shape().dim(-1) != width) {
      throw new IllegalArgumentException(
          "the last axis of %s %s must be %d".formatted(name, whole.shape(), width));
    }
  }
}
