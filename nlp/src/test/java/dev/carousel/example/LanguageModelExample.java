package dev.carousel.example;

// docs/language-models.md shows the lines from here …
import dev.carousel.data.Corpus;
import dev.carousel.decode.RepetitionControl;
import dev.carousel.decode.Sampling;
import dev.carousel.lm.LanguageModel;
import dev.carousel.lm.LanguageSettings;
import dev.carousel.lm.Session;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.nio.file.Path;

class LanguageModelExample {
  public static void main(String[] args) throws Exception {
    Corpus text = Corpus.read(Path.of(args[0]));
    Corpus.Parts parts = text.cutLast(0.1, Corpus.Cut.CHARACTER);
    LanguageSettings settings = LanguageSettings.CHARACTERS.withEpochs(5);
    try (Backend backend = Backends.best();
        LanguageModel model = LanguageModel.train(parts.first(), parts.last(), settings, backend)) {
      System.out.println(model.evaluate(parts.last()).summary());
      model.save(Path.of(args[1]));

      Sampling bold =
          Sampling.PLAIN
              .withTemperature(0.8)
              .withTopP(0.95)
              .withRepetition(RepetitionControl.blocking(12))
              .withSeed(7);
      try (Session session = model.session()) {
        session.read("ROMEO:\n");
        session.generate(bold, Session.Limits.tokens(400), System.out::print);
      }
    }
  }
}
// … to here.
