import dev.carousel.data.Corpus;
import dev.carousel.decode.Sampling;
import dev.carousel.lm.*;
import dev.carousel.lm.LanguageArchitecture.Output;
import dev.carousel.rnn.Cell;
import dev.carousel.spi.*;
import dev.carousel.train.ConstantRate;
import java.util.List;

/**
 * Writes like its text: windows of 40 characters, one-hot, through one LSTM of 128 units to the
 * character after them. Carrying the state from window to window learns more from the same text:
 * that is LanguageSettings.CHARACTERS, and './carousel train lm --level char'.
 */
public class TextGeneration {
  private static final String SONNET = """
      Shall I compare thee to a summer's day?
      Thou art more lovely and more temperate:
      Rough winds do shake the darling buds of May,
      And summer's lease hath all too short a date:
      Sometime too hot the eye of heaven shines,
      And often is his gold complexion dimm'd;
      And every fair from fair sometime declines,
      By chance, or nature's changing course, untrimm'd;
      But thy eternal summer shall not fade
      Nor lose possession of that fair thou ow'st;
      Nor shall Death brag thou wander'st in his shade,
      When in eternal lines to time thou grow'st;
      So long as men can breathe or eyes can see,
      So long lives this, and this gives life to thee.
      """;

  public static void main(String[] args) {
    int epochs = args.length == 0 ? 150 : Integer.parseInt(args[0]);
    Corpus text = Corpus.of("sonnet 18", SONNET);
    LanguageSettings defaults = LanguageSettings.CHARACTERS;
    LanguageSettings settings =
        defaults
            .withRegularisation(LanguageRegularisation.NONE)
            .withArchitecture(new LanguageArchitecture(Cell.LSTM, 0, 128, 1, Output.SEPARATE))
            .withLearning(
                defaults
                    .learning()
                    .withUnrolling(new Unrolling(Unrolling.Kind.SLIDING, 40, 3))
                    .withTraining(defaults.training().withSchedule(new ConstantRate(0.005))))
            .withEpochs(epochs);
    try (Backend backend = Backends.best();
        LanguageModel model = LanguageModel.train(text, text, settings, backend)) {
      String seed = "Shall I compare thee to a summer's day?\n";
      for (double diversity : List.of(0.2, 0.5, 1.0)) {
        System.out.println("--- diversity " + diversity);
        Sampling sampling = Sampling.PLAIN.withTemperature(diversity);
        System.out.println(seed + model.generate(seed, 160, sampling));
      }
    }
  }
}
