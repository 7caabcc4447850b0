package dev.carousel.translate;

import dev.carousel.autograd.Eval;
import dev.carousel.autograd.Inputs;
import dev.carousel.inspect.Recorder;
import dev.carousel.inspect.Recorder.Traces;
import dev.carousel.model.AttentionView;
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

  Inspection inspect(String text, InspectionOptions options) {
    if (options.saliency() == Saliency.ON) {
      throw new IllegalArgumentException(
          "a translator writes many words, so there is no one score whose gradient could be"
              + " followed: its attention says what each word looked at");
    }
    TextCodec source = parts.text().source();
    List<String> read = source.tokens(text).stream().map(Token::text).toList();
    Translation.Candidate best =
        new Translating(parts, TranslationOptions.DEFAULT)
            .of(List.of(text))
            .get(0)
            .candidates()
            .get(0);
    Recorder recorder = new Recorder(parts.parameters().backend(), Set.of(ENCODER, DECODER));
    List<String> notes = Inspection.cut(read.size(), source.tokenizer().tokenize(text).size());
    if (read.isEmpty()) {
      return new Inspection(
          "", List.of(), List.of(), null, recomputed(OptionalDouble.empty()), notes);
    }
    List<String> ended = best.map().target();
    List<String> begun = new ArrayList<>(List.of(Reserved.BOS.token()));
    begun.addAll(ended.subList(0, ended.size() - 1));
    return parts
        .evals()
        .look(
            recorder,
            eval -> {
              readAgain(eval, read, begun);
              Traces traces = recorder.traces();
              return new Inspection(
                  best.text(),
                  List.of(
                      new TokenTrace(ENCODER, read, traces.of(ENCODER)),
                      new TokenTrace(DECODER, begun, traces.of(DECODER))),
                  recorder.attention().stream().map(a -> AttentionView.of(a, ended, read)).toList(),
                  null,
                  recomputed(traces.deviation()),
                  notes);
            });
  }

  /** Not rounded up to whole blocks of steps: a decoder may take every step by itself. */
  private void readAgain(Eval eval, List<String> source, List<String> target) {
    Inputs inputs = Inputs.ofStep(eval);
    int[] from = parts.text().source().vocabulary().encode(source);
    int[] to = parts.text().target().vocabulary().encode(target);
    TokenBatch read = TokenBatch.upload(inputs, List.of(from), 1);
    Encoded encoded = parts.network().encode(eval, read.ids(), read.lengths());
    TokenBatch written = TokenBatch.upload(inputs, List.of(to), 1);
    parts.network().decode(eval, written.ids(), written.lengths(), encoded);
  }

  private Recomputed recomputed(OptionalDouble deviation) {
    return new Recomputed(
        parts.parameters().backend().name(), parts.config().precision(), deviation);
  }
}
