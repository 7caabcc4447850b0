package dev.carousel.tag;

import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Tape;
import dev.carousel.autograd.Var;
import dev.carousel.data.TaggedData;
import dev.carousel.data.TaggedSentence;
import dev.carousel.inspect.AttentionTrace;
import dev.carousel.inspect.Recorder;
import dev.carousel.inspect.Recorder.Traces;
import dev.carousel.model.AttentionView;
import dev.carousel.model.Explanation;
import dev.carousel.model.Inspection;
import dev.carousel.model.InspectionOptions;
import dev.carousel.model.InspectionOptions.Saliency;
import dev.carousel.model.ModelFlow;
import dev.carousel.model.Recomputed;
import dev.carousel.task.LabelLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks inside a tagger while it reads a sentence. */
final class TaggerInspector {
  private static final String NETWORK = "rnn";
  private static final String INTENT = "intent.attention";

  private final TaggerParts parts;

  TaggerInspector(TaggerParts parts) {
    this.parts = parts;
  }

  /**
   * Looks.
   *
   * @param encoded the same sentence, as the text that it stands in gives it
   */
  Inspection inspect(TaggedSentence sentence, EncodedSentence encoded, InspectionOptions options) {
    EncodedSentence whole = parts.encoder().contextual().fill(List.of(encoded)).get(0);
    Recorder recorder = new Recorder(parts.parameters().backend(), Set.of(NETWORK));
    if (options.saliency() == Saliency.OFF) {
      return parts
          .evals()
          .look(
              recorder,
              eval -> inspection(sentence, answer(eval, encode(eval, whole)), recorder, null));
    }
    Integer token = options.token();
    if (token != null && token >= sentence.size()) {
      throw new IllegalArgumentException(
          "the text has %d tokens, counted from 0: there is no token %d"
              .formatted(sentence.size(), token));
    }
    int asked = options.of() == null ? -1 : parts.network().tags().id(options.of());
    return parts
        .evals()
        .differentiate(
            tape -> {
              tape.observe(recorder);
              EncodedBatch batch = encode(tape, whole);
              Answer answer = answer(tape, batch);
              int[] scored = scored(answer, asked, token);
              return inspection(
                  sentence, answer, recorder, explain(tape, batch, scored, sentence, recorder));
            });
  }

  private EncodedBatch encode(Ops ops, EncodedSentence sentence) {
    TokenEncoder encoder = parts.network().encoder();
    return encoder.encode(ops, encoder.upload(Inputs.ofStep(ops), List.of(sentence)));
  }

  /**
   * What the heads say.
   *
   * @param path the id of each token's tag
   * @param intent null without intents
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Answer(int[] path, @Nullable String intent) {}

  private Answer answer(Ops ops, EncodedBatch encoded) {
    int[] path = parts.network().tags().decode(ops, encoded);
    IntentHead head = parts.network().intents();
    return new Answer(
        path, head == null ? null : parts.config().intents().get(head.decode(ops, encoded)[0]));
  }

  /** The tag that is scored at each token; −1 where none is. */
  private static int[] scored(Answer answer, int asked, @Nullable Integer token) {
    return IntStream.range(0, answer.path().length)
        .map(t -> token != null && t != token ? -1 : asked < 0 ? answer.path()[t] : asked)
        .toArray();
  }

  private Explanation explain(
      Tape tape, EncodedBatch encoded, int[] scored, TaggedSentence sentence, Recorder recorder) {
    Var emissions = parts.network().tags().emissions(tape, encoded);
    int steps = emissions.shape().dim(0);
    int tags = emissions.shape().dim(2);
    float[] all = new float[steps * tags];
    tape.backend().memory().download(emissions.value(), all, 0);
    float[] ones = new float[all.length];
    double score = 0;
    StringBuilder names = new StringBuilder();
    for (int t = 0; t < sentence.size(); t++) {
      if (scored[t] >= 0) {
        ones[t * tags + scored[t]] = 1;
        score += all[t * tags + scored[t]];
        names.append(names.isEmpty() ? "" : " ").append(parts.network().tags().name(scored[t]));
      }
    }
    Tensor seed = tape.take(DType.F32, steps, 1, tags);
    tape.backend().memory().upload(ones, 0, seed);
    tape.seed(emissions, seed);
    tape.backward();
    return new Explanation(names.toString(), score, sentence.tokens(), recorder.saliency(NETWORK));
  }

  private Inspection inspection(
      TaggedSentence sentence,
      Answer answer,
      Recorder recorder,
      @Nullable Explanation explanation) {
    List<String> tags = parts.network().tags().names(answer.path(), 0, 1, sentence.size());
    String said = String.join(" ", parts.config().scheme().convert(tags));
    Traces traces = recorder.traces();
    return new Inspection(
        answer.intent() == null ? said : answer.intent() + ": " + said,
        Inspection.reading(NETWORK, sentence.tokens(), traces),
        recorder.attention().stream().map(a -> view(a, sentence.tokens())).toList(),
        explanation,
        new Recomputed(
            parts.parameters().backend().name(), parts.config().precision(), traces.deviation()),
        List.of());
  }

  private static AttentionView view(AttentionTrace trace, List<String> tokens) {
    return AttentionView.of(
        trace, trace.layer().equals(INTENT) ? List.of(AttentionView.TEXT) : tokens, tokens);
  }

  ModelFlow flow(TaggedData data) {
    TagHead head = parts.network().tags();
    LabelLoss loss = TagLosses.plain(parts.parameters().backend()).tags();
    List<TaggedSentence> sentences = data.sentences().stream().filter(s -> s.size() > 0).toList();
    return ModelFlow.of(
        parts.evals(),
        parts.parameters(),
        NETWORK,
        sentences,
        (tape, sentence) -> {
          TagBatch batch =
              new TagBatch(
                  parts.encoder().contextual().fill(List.of(parts.encoder().encode(sentence))),
                  List.of(head.ids(sentence.tags())),
                  List.of());
          TokenEncoder encoder = parts.network().encoder();
          TagTensors tensors = TagTensors.upload(Inputs.ofStep(tape), encoder, batch);
          EncodedBatch encoded = encoder.encode(tape, tensors.sentences());
          head.loss(tape, encoded, tensors, loss.options(1 / head.rows(batch, loss)));
        });
  }
}
