package dev.carousel.autograd;

import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A named view of a {@link ParameterSet}'s flat buffers. Bound when the set is built. */
public final class Parameter {
  private final String name;
  private final Shape shape;
  private final long offset;
  private final Init init;
  private volatile boolean frozen;
  private @Nullable ParameterSet set;

  Parameter(String name, Shape shape, long offset, Init init) {
    this.name = name;
    this.shape = shape;
    this.offset = offset;
    this.init = init;
  }

  /** Its name in a checkpoint, PyTorch's where PyTorch has one. */
  public String name() {
    return name;
  }

  /** Its shape. */
  public Shape shape() {
    return shape;
  }

  /** Its first element in the flat buffers. */
  public long offset() {
    return offset;
  }

  /** Whether training leaves it as it is; see {@link ParameterSet#freeze}. */
  public boolean frozen() {
    return frozen;
  }

  void frozen(boolean now) {
    frozen = now;
  }

  /** The gradient, or null if the parameter is frozen and has none. */
  @Nullable Tensor gradientIfTrained() {
    return frozen ? null : gradient();
  }

  Init init() {
    return init;
  }

  void bind(ParameterSet owner) {
    set = owner;
  }

  /** The set it belongs to. */
  ParameterSet set() {
    if (set == null) {
      throw new IllegalStateException("parameter " + name + " is used before its set is built");
    }
    return set;
  }

  /** The values, a view. */
  public Tensor value() {
    return set().values().slice(offset, shape);
  }

  /**
   * The gradient, a view, zero while the parameter is frozen; the first use in a set allocates its
   * gradient buffer.
   */
  public Tensor gradient() {
    return set().gradients().slice(offset, shape);
  }
}
