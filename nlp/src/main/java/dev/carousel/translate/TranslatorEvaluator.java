package dev.carousel.translate;

import dev.carousel.autograd.LossOptions;
import dev.carousel.data.PairSet;
import dev.carousel.data.TextPair;
import dev.carousel.eval.Bleu;
import dev.carousel.eval.ChrF;
import dev.carousel.model.LengthBatches;
import dev.carousel.model.TokenBatch;
import java.util.List;

/** Measures a translator on pairs. */
final class TranslatorEvaluator {
  private static final double NANOS = 1e9;
  private static final long MOST_SCORES = 1 << 24;

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
    for (List<Integer> batch : LengthBatches.of(pairs.size(), pairs::length)) {
      int most = mostRows(pairs.length(batch.get(0)));
      for (int from = 0; from < batch.size(); from += most) {
        float[] loss =
            loss(task, pairs.batch(batch.subList(from, Math.min(batch.size(), from + most))));
        sum += loss[0];
        count += loss[1];
      }
    }
    return sum / count;
  }

  /** Rows whose scores for every word and step do not take more than {@link #MOST_SCORES}. */
  private int mostRows(int longest) {
    long scores = (long) TokenBatch.steps(longest) * parts.text().target().vocabulary().size();
    return (int) Math.max(1, MOST_SCORES / scores);
  }

  /** Sum and count. */
  private float[] loss(TranslatorTask task, PairBatch batch) {
    return parts
        .evals()
        .run(
            eval -> {
              float[] sumAndCount = new float[2];
              eval.backend().memory().download(task.loss(eval, batch, 1), sumAndCount, 0);
              return sumAndCount;
            });
  }
}
