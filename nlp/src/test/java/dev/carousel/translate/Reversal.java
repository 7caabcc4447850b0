package dev.carousel.translate;

import dev.carousel.data.PairSet;
import dev.carousel.data.TextPair;
import dev.carousel.eval.BleuTokenizer;
import dev.carousel.nn.AttentionScore;
import dev.carousel.nn.DecoderSettings.InputFeeding;
import dev.carousel.nn.EncoderDecoderSettings.Dropouts;
import dev.carousel.nn.EncoderDecoderSettings.Tying;
import dev.carousel.text.Normalizer;
import dev.carousel.text.WhitespaceTokenizer;
import dev.carousel.train.ConstantRate;
import dev.carousel.train.TrainingSettings;
import dev.carousel.translate.TranslatorArchitecture.Size;
import dev.carousel.translate.TranslatorSettings.Languages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A language whose every word has one translation, and whose sentences are written from behind: a
 * translator has to find the words and their places.
 */
final class Reversal {
  private static final List<String> WORDS = List.of("one", "two", "three", "four", "five", "six");
  private static final Map<String, String> MEANING =
      Map.of(
          "one", "eins", "two", "zwei", "three", "drei", "four", "vier", "five", "fünf", "six",
          "sechs");

  private Reversal() {}

  /** Sentences of one to five words. */
  static PairSet pairs(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TextPair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> words = new ArrayList<>();
      for (int n = random.nextInt(1, 6); n > 0; n--) {
        words.add(WORDS.get(random.nextInt(WORDS.size())));
      }
      pairs.add(new TextPair(String.join(" ", words), translate(words)));
    }
    return PairSet.of("reversal " + seed, pairs);
  }

  private static String translate(List<String> words) {
    List<String> written = new ArrayList<>(words.stream().map(MEANING::get).toList());
    Collections.reverse(written);
    return String.join(" ", written);
  }

  /** Small enough for a test. */
  static TranslatorSettings tiny(int epochs) {
    Language words =
        Language.of(new Segmentation.Fixed(new WhitespaceTokenizer(Normalizer.parse("none"))));
    return TranslatorSettings.DEFAULT
        .withText(
            new Languages(
                new Language(words.segmentation(), 1, 1000, 24), words, VocabularySharing.SEPARATE))
        .withArchitecture(
            TranslatorArchitecture.DEFAULT
                .withSize(new Size(16, 24, 1))
                .withTying(Tying.NONE)
                .withAttention(AttentionScore.GENERAL, InputFeeding.OFF))
        .withScoring(BleuTokenizer.NONE)
        .withLearning(
            TranslatorLearning.DEFAULT
                .withBatch(16)
                .withDropout(new Dropouts(0.05, 0.05, 0.05, 0))
                .withTraining(fast(TranslatorLearning.DEFAULT.training())))
        .withEpochs(epochs);
  }

  private static TrainingSettings fast(TrainingSettings t) {
    return new TrainingSettings(
        t.rule(),
        new ConstantRate(0.01),
        t.limits(),
        t.clipNorm(),
        t.accumulation(),
        t.selection(),
        t.seed());
  }
}
