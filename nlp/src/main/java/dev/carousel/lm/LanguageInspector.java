package dev.carousel.lm;

import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Tape;
import dev.carousel.autograd.Var;
import dev.carousel.data.Corpus;
import dev.carousel.inspect.Recorder;
import dev.carousel.inspect.Recorder.Traces;
import dev.carousel.model.EvalPool;
import dev.carousel.model.Explanation;
import dev.carousel.model.Inspection;
import dev.carousel.model.InspectionOptions;
import dev.carousel.model.InspectionOptions.Saliency;
import dev.carousel.model.ModelFlow;
import dev.carousel.model.Recomputed;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.spi.Pooling;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import dev.carousel.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks inside a language model while it reads a text. */
final class LanguageInspector {
  private static final String NETWORK = "rnn";

  private final LanguageParts parts;
  private final EvalPool evals;

  LanguageInspector(LanguageParts parts) {
    this.parts = parts;
    this.evals = parts.evals();
  }

  Inspection inspect(String text, InspectionOptions options) {
    options.refuseToken("a language model");
    int[] all = all(text);
    int[] ids = read(all);
    Recorder recorder = new Recorder(parts.parameters().backend(), Set.of(NETWORK));
    if (options.saliency() == Saliency.OFF) {
      return evals.look(
          recorder,
          eval -> inspection(all, logProbabilities(eval, logits(eval, ids)), recorder, null));
    }
    int asked = options.of() == null ? -1 : known(options.of());
    return evals.differentiate(
        tape -> {
          tape.observe(recorder);
          Var logits = logits(tape, ids);
          double[] next = logProbabilities(tape, logits);
          int id = asked < 0 ? best(next) : asked;
          seed(tape, logits, id, -1);
          tape.backward();
          Explanation why =
              new Explanation(token(id), next[id], tokens(ids), recorder.saliency(NETWORK));
          return inspection(all, next, recorder, why);
        });
  }

  private int known(String token) {
    Vocabulary known = parts.codec().vocabulary();
    if (!known.contains(token)) {
      throw new IllegalArgumentException(
          "the model knows no token '%s' among its %d".formatted(token, known.size()));
    }
    return known.id(token);
  }

  /** The end of a line, and the text, in the order of reading. */
  private int[] all(String text) {
    int[] ids = parts.codec().encode(text);
    int[] all = new int[ids.length + 1];
    all[0] = parts.codec().lineEnd();
    boolean forward = parts.codec().reading() == Reading.FORWARD;
    for (int i = 0; i < ids.length; i++) {
      all[1 + i] = ids[forward ? i : ids.length - 1 - i];
    }
    return all;
  }

  /** What the next prediction looks at. */
  private int[] read(int[] all) {
    int context = parts.config().context();
    return context == 0 || all.length <= context
        ? all
        : Arrays.copyOfRange(all, all.length - context, all.length);
  }

  /** Of the token after {@code ids}, [1, V]. */
  private Var logits(Ops ops, int[] ids) {
    Lengths lengths = Lengths.full(ids.length, 1);
    LanguageNetwork network = parts.network();
    Tensor inputs = network.upload(Inputs.ofStep(ops), ids, ids.length, 1);
    Var h = network.hidden(ops, inputs, lengths, null, new ArrayList<>());
    Var last = ops.pool(Pooling.LAST, Direction.FORWARD, network.dropped(ops, h), lengths);
    return network.logits(ops, last);
  }

  private static double[] logProbabilities(Ops ops, Var logits) {
    int words = logits.shape().dim(1);
    Tensor p = ops.take(DType.F32, 1, words);
    ops.backend().loss().probabilities(logits.value(), p);
    float[] values = new float[words];
    ops.backend().memory().download(p, values, 0);
    return IntStream.range(0, words).mapToDouble(v -> Math.log(values[v])).toArray();
  }

  private static int best(double[] next) {
    return IntStream.range(0, next.length).reduce(0, (best, v) -> next[v] > next[best] ? v : best);
  }

  private static void seed(Tape tape, Var logits, int id, double weight) {
    Tensor gold = Inputs.ofStep(tape).upload(new int[] {id}, 1);
    tape.softmaxLoss(logits, gold, LossOptions.PLAIN.withWeight(weight));
  }

  private String token(int id) {
    return parts.codec().vocabulary().token(id);
  }

  private List<String> tokens(int[] ids) {
    return Arrays.stream(ids).mapToObj(this::token).toList();
  }

  private Inspection inspection(
      int[] all, double[] next, Recorder recorder, @Nullable Explanation explanation) {
    int id = best(next);
    int[] read = read(all);
    Traces traces = recorder.traces();
    return new Inspection(
        String.format(Locale.ROOT, "next token '%s' %.3f", token(id), Math.exp(next[id])),
        Inspection.reading(NETWORK, tokens(read), traces),
        List.of(),
        explanation,
        new Recomputed(
            parts.parameters().backend().name(), parts.config().precision(), traces.deviation()),
        Inspection.cut(read.length, all.length));
  }

  ModelFlow flow(Corpus text, int length, int windows) {
    int[] stream = parts.codec().stream(text);
    List<Integer> starts =
        IntStream.iterate(0, at -> at + length < stream.length, at -> at + length)
            .limit(windows)
            .boxed()
            .toList();
    return ModelFlow.of(
        evals,
        parts.parameters(),
        NETWORK,
        starts,
        (tape, at) -> {
          Var logits = logits(tape, Arrays.copyOfRange(stream, at, at + length));
          seed(tape, logits, stream[at + length], 1);
        });
  }
}
