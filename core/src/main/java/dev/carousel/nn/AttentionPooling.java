package dev.carousel.nn;

import dev.carousel.autograd.Attended;
import dev.carousel.autograd.Init;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.Lengths;
import dev.carousel.spi.Activation;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/**
 * A sequence as the weighted mean of its steps, weighted by how well tanh(W h + b) answers a
 * learned query (Yang et al., "Hierarchical attention networks", 2016).
 */
public final class AttentionPooling {
  private final String name;
  private final Linear projection;
  private final Parameter query;
  private final int features;

  /**
   * Declares {@code name.projection} [K, C] and {@code name.query} [1, K].
   *
   * @param features C
   * @param keys K
   */
  public AttentionPooling(ParameterSet.Builder set, String name, int features, int keys) {
    this.name = name;
    this.projection = new Linear(set, name + ".projection", features, keys);
    this.query = set.declare(name + ".query", Init.normal(1 / Math.sqrt(keys)), 1, keys);
    this.features = features;
  }

  /** The pooled vector and the weight of each step; {@code out} is [N, C], weights [1, N, T]. */
  public Attended apply(Ops ops, Var steps, Lengths lengths) {
    int n = lengths.batch();
    Var keys = ops.activate(Activation.TANH, projection.apply(ops, steps));
    Tensor sameRow = ops.take(DType.I32, 1, n);
    ops.backend().memory().fill(sameRow, 0);
    Attended pooled = ops.attend(ops.embed(sameRow, query), keys, steps, lengths, 1);
    ops.show(name, 0, pooled.weights(), lengths);
    return new Attended(ops.reshape(pooled.out(), n, features), pooled.weights());
  }
}
