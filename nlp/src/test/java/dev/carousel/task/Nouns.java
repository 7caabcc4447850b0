package dev.carousel.task;

import dev.carousel.data.Corpus;
import dev.carousel.data.DataSet;
import dev.carousel.data.Example;
import dev.carousel.lm.LanguageArchitecture;
import dev.carousel.lm.LanguageArchitecture.Output;
import dev.carousel.lm.LanguageLearning;
import dev.carousel.lm.LanguageModel;
import dev.carousel.lm.LanguageRegularisation;
import dev.carousel.lm.LanguageSettings;
import dev.carousel.lm.LanguageText;
import dev.carousel.lm.Unrolling;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.train.Adam;
import dev.carousel.train.ConstantRate;
import dev.carousel.train.TrainingSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Made-up nouns of two kinds, which running text tells apart by the verbs after them, and labelled
 * texts of a noun alone: what the text taught is all there is to know of a noun without a label.
 */
final class Nouns {
  static final int COUNT = 20;
  private static final String[] ANIMAL_VERBS = {"eats", "sleeps", "runs"};
  private static final String[] STAR_VERBS = {"shines", "burns", "fades"};

  private Nouns() {}

  /** Every noun with every verb of its kind, {@code times} times. */
  static Corpus corpus(int times) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < times * COUNT * 3; i++) {
      int noun = i * 7 % COUNT;
      text.append("a").append(noun).append(' ').append(ANIMAL_VERBS[i % 3]).append('\n');
      text.append("s").append(noun).append(' ').append(STAR_VERBS[i % 3]).append('\n');
    }
    return Corpus.of("nouns", text.toString());
  }

  /** The nouns of both kinds from one number to another, labelled. */
  static DataSet labelled(int from, int to) {
    List<Example> examples = new ArrayList<>();
    for (int i = from; i < to; i++) {
      examples.add(Example.of("a" + i, "animal"));
      examples.add(Example.of("s" + i, "star"));
    }
    return DataSet.of("nouns", examples);
  }

  /** One layer of 12 units over an embedding that is the output's matrix too. */
  static LanguageModel languageModel(Backend backend, int epochs) {
    LanguageSettings settings =
        new LanguageSettings(
            LanguageText.WORDS,
            new LanguageArchitecture(Cell.LSTM, 12, 12, 1, Output.TIED),
            LanguageRegularisation.NONE,
            new LanguageLearning(
                8,
                Unrolling.carried(9),
                LanguageLearning.LossMean.TOKEN,
                0,
                TrainingSettings.of(Adam.DEFAULT, new ConstantRate(0.02), epochs).withClipNorm(1)),
            Precision.F32);
    return LanguageModel.train(corpus(4), corpus(1), settings, backend);
  }
}
