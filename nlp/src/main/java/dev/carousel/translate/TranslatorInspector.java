package dev.carousel.translate;

import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Var;
import dev.carousel.inspect.Recorder;
import dev.carousel.inspect.Recorder.Traces;
import dev.carousel.model.AttentionView;
import dev.carousel.model.Explanation;
import dev.carousel.model.Inspection;
import dev.carousel.model.InspectionOptions;
import dev.carousel.model.InspectionOptions.Saliency;
import dev.carousel.model.Recomputed;
import dev.carousel.model.TokenBatch;
import dev.carousel.model.TokenTrace;
import dev.carousel.nn.Encoded;
import dev.carousel.text.Reserved;
import dev.carousel.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks inside a translator: the text is translated, then source and translation are read once
 * more, so that the decoder shows what it did when it wrote this.
 */
final class TranslatorInspector {
  private static final String ENCODER = "encoder";
  private static final String DECODER = "decoder.rnn";

  private final TranslatorParts parts;

  TranslatorInspector(TranslatorParts parts) {
    this.parts = parts;
  }

  /**
   * What is read again.
   *
   * @param answer the translation's text
   * @param source its source's tokens
   * @param written its tokens, up to its end
   * @param notes what was left out
   */
  private record Text(
      String answer, List<String> source, List<String> written, List<String> notes) {
    /** What the decoder read. */
    List<String> begun() {
      List<String> begun = new ArrayList<>(List.of(Reserved.BOS.token()));
      begun.addAll(written.subList(0, written.size() - 1));
      return begun;
    }
  }

  Inspection inspect(String text, InspectionOptions options) {
    TextCodec source = parts.text().source();
    List<String> read = source.tokens(text).stream().map(Token::text).toList();
    List<String> notes = Inspection.cut(read.size(), source.tokenizer().tokenize(text).size());
    if (read.isEmpty()) {
      return new Inspection(
          "", List.of(), List.of(), null, recomputed(OptionalDouble.empty()), notes);
    }
    Translation.Candidate best =
        new Translating(parts, TranslationOptions.DEFAULT)
            .of(List.of(text))
            .get(0)
            .candidates()
            .get(0);
    Text whole = new Text(best.text(), read, best.map().target(), notes);
    return options.saliency() == Saliency.OFF ? look(whole) : weigh(whole, options);
  }

  private Inspection look(Text text) {
    Recorder recorder = recorder();
    return parts
        .evals()
        .look(
            recorder,
            eval -> {
              readAgain(eval, text);
              return inspection(text, recorder, null);
            });
  }

  private Inspection weigh(Text text, InspectionOptions options) {
    ScoredTokens scored = ScoredTokens.of(text.written(), options, parts.text().target());
    Recorder recorder = recorder();
    return parts
        .evals()
        .differentiate(
            tape -> {
              tape.observe(recorder);
              Var logits = parts.network().logits(tape, readAgain(tape, text));
              double score = scored.logProbability(tape, logits);
              scored.seed(tape, logits);
              tape.backward();
              return inspection(
                  text,
                  recorder,
                  new Explanation(scored.name(), score, text.source(), recorder.saliency(ENCODER)));
            });
  }

  private Recorder recorder() {
    return new Recorder(parts.parameters().backend(), Set.of(ENCODER, DECODER));
  }

  /**
   * Not rounded up to whole blocks of steps: a decoder may take every step by itself.
   *
   * @return the decoder's features, [T, 1, A]
   */
  private Var readAgain(Ops ops, Text text) {
    Inputs inputs = Inputs.ofStep(ops);
    int[] from = parts.text().source().vocabulary().encode(text.source());
    int[] to = parts.text().target().vocabulary().encode(text.begun());
    TokenBatch read = TokenBatch.upload(inputs, List.of(from), 1);
    Encoded encoded = parts.network().encode(ops, read.ids(), read.lengths());
    TokenBatch written = TokenBatch.upload(inputs, List.of(to), 1);
    return parts.network().decode(ops, written.ids(), written.lengths(), encoded).features();
  }

  private Inspection inspection(Text text, Recorder recorder, @Nullable Explanation why) {
    Traces traces = recorder.traces();
    return new Inspection(
        text.answer(),
        List.of(
            new TokenTrace(ENCODER, text.source(), traces.of(ENCODER)),
            new TokenTrace(DECODER, text.begun(), traces.of(DECODER))),
        recorder.attention().stream()
            .map(a -> AttentionView.of(a, text.written(), text.source()))
            .toList(),
        why,
        recomputed(traces.deviation()),
        text.notes());
  }

  private Recomputed recomputed(OptionalDouble deviation) {
    return new Recomputed(
        parts.parameters().backend().name(), parts.config().precision(), deviation);
  }
}
