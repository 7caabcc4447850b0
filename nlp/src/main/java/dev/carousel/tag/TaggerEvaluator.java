package dev.carousel.tag;

import dev.carousel.data.TaggedData;
import dev.carousel.data.TaggedSentence;
import dev.carousel.eval.SpanReport;
import java.util.List;

/** Compares a tagger's answers with what is right. */
record TaggerEvaluator(TaggerParts parts) {
  private static final double NANOS = 1e9;

  TaggingEvaluation evaluate(TaggedData data) {
    requireFit(data);
    return evaluate(data, data.sentences().stream().map(parts.encoder()::encode).toList());
  }

  /** The same for sentences that are encoded already, in the data's order. */
  TaggingEvaluation evaluate(TaggedData data, List<EncodedSentence> encoded) {
    requireFit(data);
    List<TaggedSentence> sentences = data.sentences();
    long start = System.nanoTime();
    List<TaggerParts.Answer> answers = parts.answer(encoded);
    double seconds = (System.nanoTime() - start) / NANOS;
    TagScheme scheme = parts.config().scheme();
    List<List<String>> gold = sentences.stream().map(s -> scheme.convert(s.tags())).toList();
    List<List<String>> predicted = answers.stream().map(TaggerParts.Answer::tags).toList();
    int intents = 0;
    int exact = 0;
    for (int i = 0; i < sentences.size(); i++) {
      String intent = answers.get(i).intent();
      boolean right = intent == null || intent.equals(sentences.get(i).label());
      intents += right ? 1 : 0;
      exact += right && gold.get(i).equals(predicted.get(i)) ? 1 : 0;
    }
    double count = sentences.size();
    return new TaggingEvaluation(
        scheme,
        SpanReport.of(gold, predicted),
        parts.config().intents().isEmpty() ? Double.NaN : intents / count,
        exact / count,
        sentences.size(),
        seconds);
  }

  private void requireFit(TaggedData data) {
    if (data.size() == 0) {
      throw new IllegalArgumentException(data.name() + " has no sentences");
    }
    if (!data.features().equals(parts.config().features())) {
      throw new IllegalArgumentException(
          "%s has the columns %s beside token and tag, but the model reads %s"
              .formatted(data.name(), data.features(), parts.config().features()));
    }
    if (!parts.config().intents().isEmpty() && !data.labelled()) {
      throw new IllegalArgumentException(
          data.name() + " has sentences without the intent that the model is measured by");
    }
  }
}
