package dev.carousel.task;

import dev.carousel.autograd.Init;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Var;
import dev.carousel.model.TokenBatch;
import dev.carousel.nn.AttentionPooling;
import dev.carousel.nn.Embedding;
import dev.carousel.nn.Linear;
import dev.carousel.nn.Recurrent;
import dev.carousel.nn.RecurrentSettings;
import dev.carousel.nn.SelfAttention;
import dev.carousel.rnn.Lengths;
import org.jspecify.annotations.Nullable;

/**
 * Tokens to logits: T steps, N texts, E embedding features, F recurrent features, C labels.
 *
 * <pre>
 * x = embedding(ids)          [T, N, E]
 * y = rnn(drop(x))            [T, N, F]
 * y = selfAttention(y), if wanted
 * logits = output(drop(pool(y)))  [N, C]
 * </pre>
 *
 * Parameters carry the names that PyTorch's modules would give them: {@code embedding.weight},
 * {@code rnn.weight_ih_l0} …, {@code output.weight}, {@code output.bias}.
 */
final class ClassifierNetwork {
  /** The name of the tokens' features. */
  static final String EMBEDDING = "embedding";

  /**
   * Small enough that the first steps do not saturate the gates, large enough to tell words apart.
   */
  private static final Init EMBEDDING_INIT = Init.normal(0.1);

  private final Architecture architecture;
  private final Regularisation drop;
  private final Embedding embedding;
  private final Recurrent rnn;
  private final @Nullable SelfAttention selfAttention;
  private final @Nullable AttentionPooling attention;
  private final Linear output;

  /**
   * Declares the parameters.
   *
   * @param words V, rows of the embedding
   * @param labels C
   */
  ClassifierNetwork(
      ParameterSet.Builder set,
      Architecture architecture,
      Regularisation drop,
      int words,
      int labels) {
    this.architecture = architecture;
    this.drop = drop;
    embedding = new Embedding(set, EMBEDDING, words, architecture.embedding(), EMBEDDING_INIT);
    RecurrentSettings settings =
        RecurrentSettings.of(architecture.rnn(set.precision())).withVariant(architecture.cells());
    if (architecture.layers() > 1) {
      settings = settings.withDropout(drop.dropout());
    }
    rnn = new Recurrent(set, "rnn", settings);
    int features = settings.outputSize();
    selfAttention =
        architecture.attentionHeads() == 0
            ? null
            : new SelfAttention(
                set, "self_attention", features, architecture.attentionHeads(), drop.dropout());
    attention =
        architecture.pooling() == TextPooling.ATTENTION
            ? new AttentionPooling(set, "attention", features, features)
            : null;
    output = new Linear(set, "output", features * architecture.pooling().parts(), labels);
  }

  /** The tokens' features, [V, E]. */
  Parameter table() {
    return embedding.table();
  }

  /** Logits [N, C] of a batch. */
  Var logits(Ops ops, TokenBatch batch) {
    Var x = embedding.apply(ops, batch.ids());
    x = ops.dropRows(batch.ids(), x, drop.embedding());
    x = ops.lockedDropout(x, drop.locked());
    x = ops.dropout(x, drop.dropout());
    Var y = ops.lockedDropout(rnn.apply(ops, x, batch.lengths()), drop.locked());
    if (selfAttention != null) {
      y = selfAttention.apply(ops, y, batch.lengths());
    }
    return output.apply(ops, ops.dropout(pool(ops, y, batch.lengths()), drop.dropout()));
  }

  private Var pool(Ops ops, Var y, Lengths lengths) {
    if (attention != null) {
      return attention.apply(ops, y, lengths).out();
    }
    return architecture.pooling() == TextPooling.CONCAT
        ? ops.concat(
            pool(ops, TextPooling.LAST, y, lengths),
            pool(ops, TextPooling.MAX, y, lengths),
            pool(ops, TextPooling.MEAN, y, lengths))
        : pool(ops, architecture.pooling(), y, lengths);
  }

  private Var pool(Ops ops, TextPooling pooling, Var y, Lengths lengths) {
    return ops.pool(pooling.kernel(), architecture.direction(), y, lengths);
  }
}
