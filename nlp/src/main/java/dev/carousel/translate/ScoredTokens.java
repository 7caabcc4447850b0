package dev.carousel.translate;

import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Tape;
import dev.carousel.autograd.Var;
import dev.carousel.model.InspectionOptions;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import dev.carousel.text.Vocabulary;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a translation whose log probability, each given those before it, is a score.
 *
 * @param ids T token ids; −1 where none is scored
 * @param name what is scored, for people
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ScoredTokens(int[] ids, String name) {
  private static final int NONE = -1;

  /**
   * What the options ask for.
   *
   * @param written the translation's T tokens, its end among them
   * @throws IllegalArgumentException if there is no such token
   */
  static ScoredTokens of(List<String> written, InspectionOptions options, TextCodec target) {
    Vocabulary known = target.vocabulary();
    Integer at = options.token();
    String asked = options.of();
    if (at == null && asked != null) {
      throw new IllegalArgumentException(
          "'%s' in which place? Say --token N, from 0 to %d, whose place it takes"
              .formatted(asked, written.size() - 1));
    }
    int[] ids = known.encode(written);
    if (at == null) {
      return new ScoredTokens(ids, String.join(" ", written));
    }
    if (at >= written.size()) {
      throw new IllegalArgumentException(
          "the translation has %d tokens, counted from 0: there is no token %d: %s"
              .formatted(written.size(), at, String.join(" ", written)));
    }
    int id = asked == null ? ids[at] : id(known, asked);
    Arrays.fill(ids, NONE);
    ids[at] = id;
    return new ScoredTokens(ids, known.token(id));
  }

  private static int id(Vocabulary known, @Nullable String token) {
    if (token == null || !known.contains(token)) {
      throw new IllegalArgumentException(
          "the model writes no token '%s' among its %d".formatted(token, known.size()));
    }
    return known.id(token);
  }

  /**
   * Their score.
   *
   * @param logits [T, 1, V]
   */
  double logProbability(Ops ops, Var logits) {
    int words = logits.shape().dim(2);
    Tensor p = ops.take(DType.F32, ids.length, 1, words);
    ops.backend().loss().probabilities(logits.value(), p);
    float[] all = new float[ids.length * words];
    ops.backend().memory().download(p, all, 0);
    double sum = 0;
    for (int t = 0; t < ids.length; t++) {
      sum += ids[t] == NONE ? 0 : Math.log(all[t * words + ids[t]]);
    }
    return sum;
  }

  /** Lets the tape run backwards from the score: minus the loss of these tokens. */
  void seed(Tape tape, Var logits) {
    Tensor gold = Inputs.ofStep(tape).upload(ids, ids.length, 1);
    tape.softmaxLoss(logits, gold, LossOptions.PLAIN.withWeight(-1));
  }
}
