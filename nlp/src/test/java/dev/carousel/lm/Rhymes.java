package dev.carousel.lm;

import dev.carousel.data.Corpus;
import dev.carousel.lm.LanguageArchitecture.Output;
import dev.carousel.nn.ValueDropout;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Precision;
import dev.carousel.train.Adam;
import dev.carousel.train.ConstantRate;
import dev.carousel.train.Goal;
import dev.carousel.train.Selection;
import dev.carousel.train.TrainingSettings;

/**
 * A text whose every word but the first of a line follows from those before it, and tiny models.
 */
final class Rhymes {
  private static final String[] LINES = {
    "one two three four five", "red green blue", "left right left right stop"
  };

  private Rhymes() {}

  /** So many lines, the three in turn. */
  static Corpus corpus(int lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append(LINES[i % LINES.length]).append('\n');
    }
    return Corpus.of("rhymes", text.toString());
  }

  /** A small model without regularisation that learns the text in a second or two. */
  static LanguageSettings tiny(LanguageText text, int epochs) {
    return new LanguageSettings(
        text,
        new LanguageArchitecture(Cell.LSTM, 12, 16, 1, Output.TIED),
        LanguageRegularisation.NONE,
        new LanguageLearning(
            4, Unrolling.carried(8), LanguageLearning.LossMean.TOKEN, 0, training(epochs)),
        Precision.F32);
  }

  static TrainingSettings training(int epochs) {
    return TrainingSettings.of(Adam.DEFAULT, new ConstantRate(0.03), epochs)
        .withClipNorm(1)
        .withSelection(Selection.best(LanguageLearning.LOSS, Goal.MINIMIZE))
        .withSeed(3);
  }

  /** Everything that AWD-LSTM has, on two layers of different widths. */
  static LanguageSettings regularised(LanguageText text, int epochs) {
    LanguageDropout dropout = new LanguageDropout(ValueDropout.Kind.LOCKED, 0.1, 0.1, 0.1, 0.05);
    return tiny(text, epochs)
        .withArchitecture(new LanguageArchitecture(Cell.LSTM, 8, 12, 2, Output.TIED))
        .withRegularisation(new LanguageRegularisation(dropout, 0.2, 0.1, 0.1))
        .withLearning(
            new LanguageLearning(
                4,
                new Unrolling(Unrolling.Kind.DRAWN, 10, 0),
                LanguageLearning.LossMean.ROW,
                0,
                training(epochs)));
  }
}
