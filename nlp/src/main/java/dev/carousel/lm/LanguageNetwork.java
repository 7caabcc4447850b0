package dev.carousel.lm;

import dev.carousel.autograd.Init;
import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.LinearParameter;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.RnnInit;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.nn.Embedding;
import dev.carousel.nn.RecurrentStack;
import dev.carousel.nn.StackSettings;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens to logits of the tokens after them: T steps, N rows, E embedding features, H units, V
 * tokens.
 *
 * <pre>
 * x = drop(embedding(ids))   [T, N, E], or one-hot [T, N, V]
 * h = rnn(x)                 [T, N, H]
 * logits = output(drop(h))   [T, N, V]
 * </pre>
 *
 * Parameters carry the names that PyTorch's modules would give them: {@code embedding.weight},
 * {@code rnn.weight_ih_l0} …, {@code output.weight} (where it is not the embedding's), {@code
 * output.bias}.
 */
final class LanguageNetwork {
  private static final double EMBEDDING_RANGE = 0.1;

  private final int words;
  private final LanguageRegularisation regularisation;
  private final @Nullable Embedding embedding;
  private final RecurrentStack stack;
  private final LinearParameter output;

  /**
   * Declares the parameters.
   *
   * @param words V
   * @param initRange as {@link LanguageLearning} says
   */
  LanguageNetwork(ParameterSet.Builder set, LanguageConfig config, int words, double initRange) {
    this.words = words;
    this.regularisation = config.regularisation();
    LanguageArchitecture a = config.architecture();
    Init range = Init.uniform(initRange);
    Init outer = initRange == 0 ? Init.uniform(EMBEDDING_RANGE) : range;
    RnnInit inner = initRange == 0 ? RnnInit.DEFAULT : new RnnInit(range, range, range, 0);
    embedding =
        a.embedding() == 0 ? null : new Embedding(set, "embedding", words, a.embedding(), outer);
    int inputs = a.embedding() == 0 ? words : a.embedding();
    LanguageDropout drop = regularisation.dropout();
    stack =
        new RecurrentStack(
            set,
            "rnn",
            new StackSettings(
                a.cell(),
                inputs,
                a.widths(),
                drop.of(drop.between()),
                regularisation.weights(),
                inner,
                a.cells()));
    output =
        embedding != null && a.output() == LanguageArchitecture.Output.TIED
            ? set.matrix(embedding.table(), set.declare("output.bias", Init.constant(0), words))
            : set.declareLinear("output", stack.outputSize(), words, outer);
  }

  /** The networks whose state is carried. */
  List<RnnSpec> parts() {
    return stack.parts();
  }

  /** V. */
  int words() {
    return words;
  }

  /**
   * The last layer's values [T, N, H].
   *
   * @param inputs what {@link #upload} made of T·N tokens
   * @param initial one state a part, or null for zeros
   * @param last receives the states after the last step
   */
  Var hidden(
      Ops ops,
      Tensor inputs,
      Lengths lengths,
      @Nullable List<StateVar> initial,
      List<StateVar> last) {
    LanguageDropout drop = regularisation.dropout();
    Var x = embedded(ops, inputs);
    return stack.apply(ops, drop.of(drop.input()).apply(ops, x), lengths, initial, last);
  }

  private Var embedded(Ops ops, Tensor inputs) {
    if (embedding == null) {
      return ops.constant(inputs);
    }
    Var x = embedding.apply(ops, inputs);
    return ops.dropRows(inputs, x, regularisation.dropout().words());
  }

  /**
   * Uploads tokens for {@link #hidden}: I32 [T, N], or one-hot F32 [T, N, V].
   *
   * @param ids T·N, time-major; a negative id reads zeros
   */
  Tensor upload(Inputs to, int[] ids, int steps, int rows) {
    return embedding == null
        ? to.upload(oneHot(ids), steps, rows, words)
        : to.upload(ids, steps, rows);
  }

  private float[] oneHot(int[] ids) {
    if ((long) ids.length * words > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%d one-hot tokens of a vocabulary of %d are too many at once: use an embedding"
              .formatted(ids.length, words));
    }
    float[] ones = new float[ids.length * words];
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] >= 0) {
        ones[i * words + ids[i]] = 1;
      }
    }
    return ones;
  }

  /** The last layer's values as the output layer reads them, some dropped; [..., H] the same. */
  Var dropped(Ops ops, Var h) {
    LanguageDropout drop = regularisation.dropout();
    return drop.of(drop.output()).apply(ops, h);
  }

  /** [..., H] to [..., V]. */
  Var logits(Ops ops, Var dropped) {
    return ops.linear(dropped, output);
  }
}
