package dev.carousel.translate;

import dev.carousel.autograd.LossOptions;
import dev.carousel.data.PairSet;
import dev.carousel.data.TextPair;
import dev.carousel.eval.Bleu;
import dev.carousel.eval.ChrF;
import dev.carousel.model.LengthBatches;
import java.util.List;

/** Measures a translator on pairs. */
final class TranslatorEvaluator {
  private static final double NANOS = 1e9;

  private final TranslatorParts parts;
  private final TranslationOptions options;

  TranslatorEvaluator(TranslatorParts parts, TranslationOptions options) {
    this.parts = parts;
    this.options = options;
  }

  TranslationScores evaluate(PairSet data) {
    long begun = System.nanoTime();
    EncodedPairs encoded = EncodedPairs.of(data, parts.text());
    List<String> sources = data.pairs().stream().map(TextPair::source).toList();
    List<String> references = data.pairs().stream().map(TextPair::target).toList();
    List<String> written =
        new Translating(parts, options).of(sources).stream().map(Translation::text).toList();
    return new TranslationScores(
        Bleu.of(parts.config().scoring(), written, references),
        ChrF.of(written, references),
        Math.exp(loss(encoded)),
        data.size(),
        tokens(encoded),
        (System.nanoTime() - begun) / NANOS);
  }

  private static long tokens(EncodedPairs pairs) {
    long sum = 0;
    for (int i = 0; i < pairs.size(); i++) {
      sum += pairs.length(i);
    }
    return sum;
  }

  /** Mean negative log probability of a target token or end. */
  private double loss(EncodedPairs pairs) {
    TranslatorTask task =
        new TranslatorTask(parts.network(), parts.text().target(), LossOptions.PLAIN.smoothing());
    double sum = 0;
    double count = 0;
    for (List<Integer> members : LengthBatches.of(pairs.size(), pairs::length)) {
      float[] loss =
          parts
              .evals()
              .run(
                  eval -> {
                    float[] sumAndWeight = new float[2];
                    eval.backend()
                        .memory()
                        .download(task.loss(eval, pairs.batch(members), 1), sumAndWeight, 0);
                    return sumAndWeight;
                  });
      sum += loss[0];
      count += loss[1];
    }
    return sum / count;
  }
}
