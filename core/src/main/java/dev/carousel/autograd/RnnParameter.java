package dev.carousel.autograd;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.Backend;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The weights of a recurrent network: one contiguous run of a flat buffer, and its packed form. */
public final class RnnParameter {
  private final String name;
  private final int firstLayer;
  private final RnnSpec spec;
  private final long offset;
  private final Shape shape;
  private final List<Parameter> blocks;
  private @Nullable ParameterSet set;
  private @Nullable RnnWeights packed;
  private @Nullable Storage shadowMaster;
  private @Nullable RnnWeights shadow;

  /**
   * @param name what the names of its parts begin with
   * @param firstLayer the number of its first layer in these names
   * @param blocks the named parts, which make up all of it
   */
  RnnParameter(String name, int firstLayer, RnnSpec spec, long offset, List<Parameter> blocks) {
    this.name = name;
    this.firstLayer = firstLayer;
    this.spec = spec;
    this.blocks = List.copyOf(blocks);
    this.offset = offset;
    this.shape = Shape.of(Math.toIntExact(WeightLayout.of(spec).size()));
  }

  /** What the names of its parameters begin with, for example {@code encoder}. */
  public String name() {
    return name;
  }

  /** The number of its first layer: above 0 for a part of a stack that is several calls. */
  public int firstLayer() {
    return firstLayer;
  }

  /** All weights, [layout size], laid out by {@link WeightLayout}: a view of the flat buffer. */
  public Tensor values() {
    return requireSet().values().slice(offset, shape);
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

  /** Whether any part of it is trained. */
  boolean trained() {
    return !blocks.stream().allMatch(Parameter::frozen);
  }

  /** The gradient, a view of the flat buffer; null if all of it is frozen. */
  @Nullable Tensor gradientIfTrained() {
    return trained() ? requireSet().gradients().slice(offset, shape) : null;
  }

  /** A kernel computes the gradient of the whole network: takes that of frozen parts away again. */
  void zeroFrozenGradients() {
    for (Parameter p : blocks) {
      if (p.frozen()) {
        p.set().backend().memory().fill(p.gradient(), 0);
      }
    }
  }

  void refreshIfTrained() {
    if (trained()) {
      packed().refresh();
    }
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
