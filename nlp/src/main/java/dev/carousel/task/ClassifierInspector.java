package dev.carousel.task;

import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Tape;
import dev.carousel.autograd.Var;
import dev.carousel.inspect.AttentionTrace;
import dev.carousel.inspect.Recorder;
import dev.carousel.inspect.Recorder.Traces;
import dev.carousel.model.AttentionView;
import dev.carousel.model.EvalPool;
import dev.carousel.model.Explanation;
import dev.carousel.model.Inspection;
import dev.carousel.model.InspectionOptions;
import dev.carousel.model.InspectionOptions.Saliency;
import dev.carousel.model.ModelFlow;
import dev.carousel.model.Recomputed;
import dev.carousel.model.TokenBatch;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import dev.carousel.text.Extent;
import dev.carousel.text.Token;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks inside a classifier while it reads a text. */
final class ClassifierInspector {
  private static final String NETWORK = "rnn";

  private final ClassifierParts parts;
  private final EvalPool evals;

  ClassifierInspector(ClassifierParts parts) {
    this.parts = parts;
    this.evals = parts.scorer().evals();
  }

  /** Ids and tokens of what is read of a text, and how many tokens it has. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Text(int[] ids, List<String> tokens, int all) {}

  private Text encode(String text) {
    int[] ids = parts.encoder().encode(text);
    List<String> all =
        parts.encoder().tokenizer().tokenize(text).stream().map(Token::text).toList();
    return new Text(ids, all.subList(0, ids.length), all.size());
  }

  Inspection inspect(String text, InspectionOptions options) {
    options.refuseToken("a classifier");
    Text read = encode(text);
    Recorder recorder = new Recorder(parts.parameters().backend(), Set.of(NETWORK));
    if (options.saliency() == Saliency.OFF) {
      return evals.look(
          recorder, eval -> inspection(read, scores(eval, logits(eval, read)), recorder, null));
    }
    int asked = options.of() == null ? -1 : parts.labels().id(options.of());
    return evals.differentiate(
        tape -> {
          tape.observe(recorder);
          Var logits = logits(tape, read);
          float[] scores = scores(tape, logits);
          int label = asked < 0 ? best(scores) : asked;
          return inspection(read, scores, recorder, explain(tape, logits, label, read, recorder));
        });
  }

  private Var logits(Ops ops, Text read) {
    return parts.network().logits(ops, TokenBatch.upload(ops, List.of(read.ids())));
  }

  private static float[] scores(Ops ops, Var logits) {
    float[] scores = new float[logits.shape().dim(1)];
    ops.backend().memory().download(logits.value(), scores, 0);
    return scores;
  }

  private static int best(float[] scores) {
    return IntStream.range(0, scores.length)
        .reduce(0, (best, c) -> scores[c] > scores[best] ? c : best);
  }

  private Explanation explain(Tape tape, Var logits, int label, Text read, Recorder recorder) {
    float[] one = new float[logits.shape().dim(1)];
    float score = scores(tape, logits)[label];
    one[label] = 1;
    Tensor seed = tape.take(DType.F32, 1, one.length);
    tape.backend().memory().upload(one, 0, seed);
    tape.seed(logits, seed);
    tape.backward();
    String name = parts.labels().names().get(label);
    return new Explanation(name, score, read.tokens(), recorder.saliency(NETWORK));
  }

  private Inspection inspection(
      Text read, float[] scores, Recorder recorder, @Nullable Explanation explanation) {
    Extent extent = new Extent(read.tokens().size(), read.all());
    Prediction answer = Prediction.of(parts.labels(), scores, extent);
    Traces traces = recorder.traces();
    return new Inspection(
        String.format(Locale.ROOT, "%s %.3f", answer.label(), answer.score()),
        Inspection.reading(NETWORK, read.tokens(), traces),
        recorder.attention().stream().map(a -> view(a, read.tokens())).toList(),
        explanation,
        new Recomputed(
            parts.parameters().backend().name(), parts.config().precision(), traces.deviation()),
        Inspection.cut(read.tokens().size(), read.all()));
  }

  private static AttentionView view(AttentionTrace trace, List<String> tokens) {
    boolean pooling = trace.weights().length == 1 && trace.layer().equals("attention");
    return AttentionView.of(trace, pooling ? List.of(AttentionView.TEXT) : tokens, tokens);
  }

  ModelFlow flow(LabelledTexts data) {
    ClassifierTask task = parts.plainTask();
    List<TextBatch> texts =
        IntStream.range(0, data.size())
            .filter(i -> data.texts().get(i).length > 0)
            .mapToObj(
                i -> new TextBatch(List.of(data.texts().get(i)), List.of(data.labels().get(i))))
            .toList();
    try (task) {
      return ModelFlow.of(
          evals, parts.parameters(), NETWORK, texts, (tape, text) -> task.loss(tape, text, 1));
    }
  }
}
