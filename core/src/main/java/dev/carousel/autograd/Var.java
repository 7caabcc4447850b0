package dev.carousel.autograd;

import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A value that a model computes. It lives until its tape begins the next step. */
public final class Var {
  private final Tensor value;
  private final boolean needsGradient;
  private @Nullable Tensor gradient;

  Var(Tensor value, boolean needsGradient) {
    this.value = value;
    this.needsGradient = needsGradient;
  }

  /** The value. */
  public Tensor value() {
    return value;
  }

  /** The value's shape. */
  public Shape shape() {
    return value.shape();
  }

  /** Whether a parameter, or an input whose gradient was asked for, is behind it. */
  public boolean needsGradient() {
    return needsGradient;
  }

  /** The gradient after backward, of the value's shape; null if none flowed here. */
  public @Nullable Tensor gradient() {
    return gradient;
  }

  void gradient(Tensor g) {
    gradient = g;
  }
}
