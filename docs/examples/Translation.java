import dev.carousel.data.*;
import dev.carousel.spi.*;
import dev.carousel.text.*;
import dev.carousel.train.ConstantRate;
import dev.carousel.translate.*;
import dev.carousel.translate.TranslatorSettings.Languages;
import java.util.*;

/** From English to German: an encoder, a decoder, and attention between them. */
public class Translation {
  private static final String[] WHO = {
    "the man	der Mann", "the woman	die Frau", "the child	das Kind"
  };
  private static final String[] DOES = {"sees	sieht", "hears	hört", "knows	kennt"};
  private static final String[] WHOM = {
    "the dog	den Hund", "the cat	die Katze", "the house	das Haus", "the song	das Lied"
  };

  /** Every sentence of who does what to whom. */
  private static List<TextPair> pairs() {
    List<TextPair> all = new ArrayList<>();
    for (String who : WHO) {
      for (String does : DOES) {
        for (String whom : WHOM) {
          String[] a = who.split("\t");
          String[] b = does.split("\t");
          String[] c = whom.split("\t");
          all.add(
              new TextPair(
                  String.join(" ", a[0], b[0], c[0]), String.join(" ", a[1], b[1], c[1])));
        }
      }
    }
    return all;
  }

  public static void main(String[] args) {
    PairSet.Parts parts = PairSet.of("sentences", pairs()).holdOut(4, 1);
    Language words = Language.of(new Segmentation.Fixed(new WhitespaceTokenizer(Normalizer.NONE)));
    TranslatorSettings settings =
        TranslatorSettings.DEFAULT
            .withText(new Languages(words, words, VocabularySharing.SEPARATE))
            .withArchitecture(
                TranslatorArchitecture.DEFAULT.withSize(
                    new TranslatorArchitecture.Size(32, 32, 1)))
            .withLearning(TranslatorLearning.DEFAULT.withBatch(8))
            .withEpochs(40);
    settings = settings.withTraining(settings.training().withSchedule(new ConstantRate(0.01)));
    try (Backend backend = Backends.best();
        Translator model =
            Translator.train(parts.train(), parts.heldOut(), settings, backend)) {
      for (TextPair unseen : parts.heldOut().pairs()) {
        System.out.println(unseen.source() + " -> " + model.translate(unseen.source()).text());
      }
    }
  }
}
