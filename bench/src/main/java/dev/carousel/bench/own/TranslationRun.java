package dev.carousel.bench.own;

import dev.carousel.bench.row.Decoding;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.spi.Backend;
import dev.carousel.translate.Translation;
import dev.carousel.translate.TranslationOptions;
import dev.carousel.translate.Translator;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Texts translated as any program would have them translated. */
final class TranslationRun implements Exercise {
  private final Translator model;
  private final int width;
  private final TranslationOptions options;
  private final List<String> texts;
  private List<Translation> translations = List.of();

  TranslationRun(Backend backend, Row row) {
    Decoding decoding = row.decoding();
    model = TranslationModel.load(decoding, backend);
    width = decoding.width();
    options = width == 1 ? TranslationOptions.GREEDY : TranslationOptions.DEFAULT;
    texts = Arrays.stream(decoding.sources()).map(TranslationRun::text).toList();
  }

  private static String text(int[] ids) {
    return Arrays.stream(ids).mapToObj(TranslationModel::word).collect(Collectors.joining(" "));
  }

  @Override
  public void run() {
    translations = model.translate(texts, options);
  }

  @Override
  public Answer answer() {
    run();
    Answer answer = Answer.empty().with("tokens", tokens());
    return width == 1 ? answer : answer.with("scores", scores());
  }

  private float[] tokens() {
    List<Integer> ids =
        translations.stream()
            .flatMap(t -> Arrays.stream(t.text().split(" ", -1)))
            .map(TranslationModel::id)
            .toList();
    float[] tokens = new float[ids.size()];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = ids.get(i);
    }
    return tokens;
  }

  private float[] scores() {
    float[] scores = new float[translations.size()];
    for (int n = 0; n < scores.length; n++) {
      scores[n] = (float) translations.get(n).candidates().get(0).logProbability();
    }
    return scores;
  }

  @Override
  public void close() {
    model.close();
  }
}
