package dev.carousel.autograd;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.Backend;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The weights of a recurrent network: one contiguous run of a flat buffer, and its packed form. */
public final class RnnParameter {
  private final RnnSpec spec;
  private final long offset;
  private final Shape shape;
  private @Nullable ParameterSet set;
  private @Nullable RnnWeights packed;
  private @Nullable Storage shadowMaster;
  private @Nullable RnnWeights shadow;

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
    if (packed == null) {
      throw new IllegalStateException("weights of " + spec + " are used before their set is built");
    }
    requireSet().requireOpen();
    return packed;
  }

  /** The gradient, a view of the flat buffer. */
  Tensor gradient() {
    return requireSet().gradients().slice(offset, shape);
  }

  private ParameterSet requireSet() {
    if (set == null) {
      throw new IllegalStateException("weights of " + spec + " are used before their set is built");
    }
    return set;
  }

  /**
   * A second copy of the weights, for a step that changes them before it uses them; its contents
   * are the last such step's. Made at the first call: a model that only predicts has none.
   */
  RnnWeights shadow() {
    RnnWeights original = packed();
    if (shadow == null) {
      Backend backend = requireSet().backend();
      shadowMaster = backend.memory().allocate(DType.F32, original.master().size());
      shadow = backend.rnn().pack(spec, Tensor.of(shadowMaster));
    }
    return shadow;
  }

  void close() {
    if (packed != null) {
      packed.close();
    }
    if (shadow != null) {
      shadow.close();
    }
    if (shadowMaster != null) {
      shadowMaster.close();
    }
  }
}
