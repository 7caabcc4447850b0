package dev.carousel.autograd;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The weights of a recurrent network: one contiguous run of a flat buffer, and its packed form. */
public final class RnnParameter {
  private final RnnSpec spec;
  private final long offset;
  private final Shape shape;
  private @Nullable ParameterSet set;
  private @Nullable RnnWeights packed;

  RnnParameter(RnnSpec spec, long offset) {
    this.spec = spec;
    this.offset = offset;
    this.shape = Shape.of(Math.toIntExact(WeightLayout.of(spec).size()));
  }

  /** The network. */
  public RnnSpec spec() {
    return spec;
  }

  void bind(ParameterSet owner) {
    set = owner;
    packed = owner.backend().rnn().pack(spec, owner.values().slice(offset, shape));
  }

  /** The weights as the backend's kernels read them. */
  RnnWeights packed() {
    if (set == null || packed == null) {
      throw new IllegalStateException("weights of " + spec + " are used before their set is built");
    }
    set.requireOpen();
    return packed;
  }

  /** The gradient, a view of the flat buffer. */
  Tensor gradient() {
    if (set == null) {
      throw new IllegalStateException("weights of " + spec + " are used before their set is built");
    }
    return set.gradients().slice(offset, shape);
  }

  void close() {
    if (packed != null) {
      packed.close();
    }
  }
}
