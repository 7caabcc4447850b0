package dev.carousel.tag;

import dev.carousel.autograd.Init;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Var;
import dev.carousel.nn.Linear;
import dev.carousel.rnn.Sequences;
import dev.carousel.task.LabelLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A tag for each token: emissions {@code W y + b} [T, N, K], parameters {@code output.weight},
 * {@code output.bias} and, with a CRF, {@code crf.transitions} [K + 2, K].
 *
 * <p>Decoding is Viterbi's algorithm in either case, with transitions that break the tags' scheme
 * all but forbidden.
 */
final class TagHead {
  private final TagSet tags;
  private final Linear output;
  private final @Nullable Parameter transitions;

  /**
   * Declares the parameters.
   *
   * @param features F of the encoded steps
   */
  TagHead(ParameterSet.Builder set, int features, TagSet tags, TagDecoder decoder) {
    this.tags = tags;
    this.output = new Linear(set, "output", features, tags.size());
    this.transitions =
        decoder == TagDecoder.CRF
            ? set.declare("crf.transitions", Init.uniform(0.1), tags.size() + 2, tags.size())
            : null;
  }

  /**
   * The loss of the batch's tags.
   *
   * @param options plain but for the weight with a CRF
   * @return [2], the sum and the weight of the rows
   */
  Tensor loss(Ops ops, EncodedBatch encoded, TagTensors inputs, LossOptions options) {
    Var emissions = emissions(ops, encoded);
    Tensor gold = Objects.requireNonNull(inputs.tags(), "tags to learn from");
    return transitions == null
        ? ops.softmaxLoss(emissions, gold, options)
        : ops.crfLoss(emissions, transitions, gold, encoded.lengths(), options);
  }

  /** The score of each tag at each step, [T, N, K]. */
  Var emissions(Ops ops, EncodedBatch encoded) {
    return output.apply(ops, encoded.steps());
  }

  /** Over how many rows a batch's loss is the mean: sentences for a CRF, else weighted tokens. */
  double rows(TagBatch batch, LabelLoss loss) {
    return transitions == null
        ? batch.tags().stream().flatMapToInt(Arrays::stream).mapToDouble(loss::weight).sum()
        : batch.sentences().stream().filter(s -> s.size() > 0).count();
  }

  /**
   * The best tags that keep to the scheme.
   *
   * @return time-major, N tags a step, −1 beyond a sentence's end
   */
  int[] decode(Ops ops, EncodedBatch encoded) {
    Tensor emissions = emissions(ops, encoded).value();
    int steps = encoded.lengths().maxSteps();
    int rows = encoded.lengths().batch();
    Tensor path = ops.take(DType.I32, steps, rows);
    Tensor score = ops.take(DType.F32, rows);
    long bytes = ops.backend().crf().workBytes(steps, rows, tags.size());
    ops.backend()
        .crf()
        .viterbi(
            new Sequences(emissions, encoded.lengths()),
            constrained(ops),
            path,
            score,
            ops.take(DType.BYTE, Math.toIntExact(bytes)));
    int[] best = new int[steps * rows];
    ops.backend().memory().download(path, best, 0);
    return best;
  }

  private Tensor constrained(Ops ops) {
    Tensor all = ops.take(DType.F32, tags.size() + 2, tags.size());
    ops.backend().memory().upload(tags.penalties(), 0, all);
    if (transitions != null) {
      ops.backend().elementwise().addScaled(1, transitions.value(), all);
    }
    return all;
  }

  /** The id of a tag in the scheme that was learned. */
  int id(String tag) {
    return tags.id(tag);
  }

  /** The ids of a sentence's tags. */
  int[] ids(List<String> sentence) {
    return tags.ids(sentence);
  }

  /** The tag of an id. */
  String name(int id) {
    return tags.name(id);
  }

  /** The tags of row {@code n} of N. */
  List<String> names(int[] path, int n, int rows, int length) {
    return IntStream.range(0, length).mapToObj(t -> tags.name(path[t * rows + n])).toList();
  }
}
