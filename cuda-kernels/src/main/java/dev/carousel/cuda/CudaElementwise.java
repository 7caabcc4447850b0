package dev.carousel.cuda;

import dev.carousel.spi.Activation;
import dev.carousel.spi.ElementwiseKernels;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/** Sums, products, activations, concatenation on the device. */
record CudaElementwise(Gpu gpu) implements ElementwiseKernels {
  /** The columns of a tensor from {@code first} on. */
  private record Columns(Tensor of, int first) {}

  @Override
  public void add(Tensor a, Tensor b, Tensor out) {
    combine(Kernel.ADD, a, b, out);
  }

  @Override
  public void multiply(Tensor a, Tensor b, Tensor out) {
    combine(Kernel.MULTIPLY, a, b, out);
  }

  private void combine(Kernel kernel, Tensor a, Tensor b, Tensor out) {
    Operands.floats("a", a);
    Operands.like("b", b, a);
    Operands.like("out", out, a);
    Operands.sameOrDisjoint("a", a, "out", out);
    Operands.sameOrDisjoint("b", b, "out", out);
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(kernel).at(a).at(b).at(out).size(a.size()).each(a.size());
    }
  }

  @Override
  public void addScaled(double alpha, Tensor x, Tensor y) {
    Operands.floats("y", y);
    Operands.like("x", x, y);
    Operands.sameOrDisjoint("x", x, "y", y);
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.ADD_SCALED).real((float) alpha).at(x).at(y).size(x.size()).each(x.size());
    }
  }

  @Override
  public void clamp(Tensor x, double bound) {
    if (!(bound > 0)) {
      throw new IllegalArgumentException("the bound of a clamp must be above 0, not " + bound);
    }
    Operands.floats("x", x);
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.CLAMP).at(x).real((float) bound).size(x.size()).each(x.size());
    }
  }

  @Override
  public void activate(Activation f, Tensor x, Tensor y) {
    Operands.floats("y", y);
    Operands.like("x", x, y);
    Operands.sameOrDisjoint("x", x, "y", y);
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.ACTIVATE).number(code(f)).at(x).at(y).size(x.size()).each(x.size());
    }
  }

  @Override
  public void activateBackward(Activation f, Tensor y, Tensor dy, Tensor dx) {
    Operands.floats("y", y);
    Operands.like("dy", dy, y);
    Operands.like("dx", dx, y);
    Operands.sameOrDisjoint("y", y, "dx", dx);
    Operands.sameOrDisjoint("dy", dy, "dx", dx);
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.ACTIVATE_BACKWARD)
          .number(code(f))
          .at(y)
          .at(dy)
          .at(dx)
          .size(y.size())
          .each(y.size());
    }
  }

  private static int code(Activation f) {
    return switch (f) {
      case TANH -> 0;
      case SIGMOID -> 1;
      case RELU -> 2;
    };
  }

  @Override
  public void concat(Tensor[] parts, Tensor out) {
    requireParts(parts, out);
    int at = 0;
    for (Tensor part : parts) {
      int width = part.shape().dim(-1);
      copy(new Columns(part, 0), new Columns(out, at), width);
      at += width;
    }
  }

  @Override
  public void split(Tensor whole, Tensor[] parts) {
    requireParts(parts, whole);
    int at = 0;
    for (Tensor part : parts) {
      int width = part.shape().dim(-1);
      copy(new Columns(whole, at), new Columns(part, 0), width);
      at += width;
    }
  }

  private static void requireParts(Tensor[] parts, Tensor whole) {
    Operands.floats("whole", whole);
    int sum = 0;
    for (int i = 0; i < parts.length; i++) {
      int[] wanted = whole.shape().dims();
      wanted[wanted.length - 1] = parts[i].shape().dim(-1);
      parts[i].require("part " + i, DType.F32, wanted);
      Operands.disjoint("the whole", whole, "part " + i, parts[i]);
      sum += parts[i].shape().dim(-1);
    }
    if (sum != whole.shape().dim(-1)) {
      throw new IllegalArgumentException(
          "the parts have %d features in all, but the whole has shape %s"
              .formatted(sum, whole.shape()));
    }
  }

  /** Copies {@code width} columns. */
  private void copy(Columns from, Columns to, int width) {
    long rows = from.of().shape().rows();
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.COPY_COLUMNS)
          .at(from.of())
          .at(to.of())
          .size(rows)
          .size(width)
          .size(from.of().shape().dim(-1))
          .size(from.first())
          .size(to.of().shape().dim(-1))
          .size(to.first())
          .each(rows * width);
    }
  }
}
