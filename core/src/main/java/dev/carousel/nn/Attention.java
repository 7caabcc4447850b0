package dev.carousel.nn;

import dev.carousel.autograd.Attended;
import dev.carousel.autograd.Init;
import dev.carousel.autograd.LinearParameter;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.Lengths;
import org.jspecify.annotations.Nullable;

/**
 * A weighted mean of encoded steps for each query. Q queries of H features, T steps of M features,
 * N rows; K, the features of keys, is H. All queries of all steps are one kernel call, and several
 * hypotheses of a row share its keys: R·N rows of queries, r·N + n being hypothesis r of row n.
 */
public final class Attention {
  private final String name;
  private final AttentionScore score;
  private final int features;
  private final @Nullable LinearParameter ofKeys;
  private final @Nullable LinearParameter ofQueries;
  private final @Nullable Parameter energy;

  /**
   * Declares {@code name.key.weight} [H, M] unless the score is DOT, and for ADDITIVE {@code
   * name.key.bias}, {@code name.query.weight} [H, H] and {@code name.energy} [H].
   *
   * @param queries H
   * @param memory M; H for DOT
   */
  public Attention(
      ParameterSet.Builder set, String name, AttentionScore score, int queries, int memory) {
    if (score == AttentionScore.DOT && queries != memory) {
      throw new IllegalArgumentException(
          "DOT attention needs as many features of the decoder as of the encoder, not %d and %d; take GENERAL"
              .formatted(queries, memory));
    }
    this.name = name;
    this.score = score;
    this.features = queries;
    boolean additive = score == AttentionScore.ADDITIVE;
    ofKeys =
        switch (score) {
          case DOT -> null;
          case GENERAL -> set.matrix(weight(set, name + ".key", queries, memory), null);
          case ADDITIVE -> set.declareLinear(name + ".key", memory, queries, Init.xavier());
        };
    ofQueries = additive ? set.matrix(weight(set, name + ".query", queries, queries), null) : null;
    energy =
        additive
            ? set.declare(name + ".energy", Init.normal(1 / Math.sqrt(queries)), queries)
            : null;
  }

  private static Parameter weight(ParameterSet.Builder set, String name, int rows, int columns) {
    return set.declare(name + ".weight", Init.xavier(), rows, columns);
  }

  /** Projects the steps to be attended to, [T, N, M]. */
  public AttentionMemory remember(Ops ops, Var steps, Lengths lengths) {
    return new AttentionMemory(ofKeys == null ? steps : ops.linear(steps, ofKeys), steps, lengths);
  }

  /**
   * Attends.
   *
   * @param queries [Q, R·N, H]
   * @return out [Q, R·N, M], weights [Q·R, N, T]
   */
  public Attended apply(Ops ops, Var queries, AttentionMemory memory) {
    int steps = queries.shape().dim(0);
    int rows = queries.shape().dim(1);
    int n = memory.lengths().batch();
    if (rows % n != 0) {
      throw new IllegalArgumentException(
          "queries of %d rows are no multiple of the %d rows attended to".formatted(rows, n));
    }
    Var q = ops.reshape(queries, steps * (rows / n), n, features);
    Attended a =
        score == AttentionScore.ADDITIVE ? additive(ops, q, memory) : multiplied(ops, q, memory);
    ops.show(name, 0, a.weights(), memory.lengths());
    return new Attended(ops.reshape(a.out(), steps, rows, a.out().shape().dim(2)), a.weights());
  }

  private static Attended multiplied(Ops ops, Var q, AttentionMemory memory) {
    return ops.attend(q, memory.keys(), memory.values(), memory.lengths(), 1);
  }

  private Attended additive(Ops ops, Var q, AttentionMemory memory) {
    if (ofQueries == null || energy == null) {
      throw new AssertionError("declared for ADDITIVE");
    }
    return ops.attendAdditively(
        ops.linear(q, ofQueries), memory.keys(), memory.values(), memory.lengths(), energy);
  }
}
