package dev.carousel.autograd;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.LinearWeights;
import org.jspecify.annotations.Nullable;

/** The matrix [O, I] and bias [O] of a linear layer, and the matrix's packed form. */
public final class LinearParameter {
  private final Parameter weight;
  private final @Nullable Parameter bias;
  private final Precision precision;
  private @Nullable ParameterSet set;
  private @Nullable LinearWeights packed;

  LinearParameter(Parameter weight, @Nullable Parameter bias, Precision precision) {
    this.weight = weight;
    this.bias = bias;
    this.precision = precision;
  }

  /** The matrix, [O, I]. */
  public Parameter weight() {
    return weight;
  }

  /** The bias, [O], or null. */
  public @Nullable Parameter bias() {
    return bias;
  }

  /** O. */
  public int outputs() {
    return weight.shape().dim(0);
  }

  /** Whether matrix or bias is trained. */
  boolean trained() {
    return !weight.frozen() || (bias != null && !bias.frozen());
  }

  void refreshIfTrained() {
    if (!weight.frozen()) {
      packed().refresh();
    }
  }

  void bind(ParameterSet owner) {
    set = owner;
    packed = owner.backend().linear().pack(weight.value(), precision);
  }

  LinearWeights packed() {
    if (set == null || packed == null) {
      throw new IllegalStateException(weight.name() + " is used before its set is built");
    }
    set.requireOpen();
    return packed;
  }

  void close() {
    if (packed != null) {
      packed.close();
    }
  }
}
