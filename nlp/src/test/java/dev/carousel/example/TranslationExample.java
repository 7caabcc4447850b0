package dev.carousel.example;

// docs/translation.md shows the lines from here …
import dev.carousel.data.*;
import dev.carousel.spi.*;
import dev.carousel.translate.*;
import java.nio.file.Path;

class TranslationExample {
  public static void main(String[] args) throws Exception {
    PairSet train = PairSet.read(Path.of("train.en"), Path.of("train.de"), ReadOptions.STRICT);
    PairSet dev = PairSet.read(Path.of("val.en"), Path.of("val.de"), ReadOptions.STRICT);
    try (Backend backend = Backends.best();
        Translator model = Translator.train(train, dev, TranslatorSettings.DEFAULT, backend)) {
      System.out.println(model.translate("A dog runs across the meadow.").text());
      System.out.println(model.evaluate(dev, TranslationOptions.DEFAULT).summary());
      model.save(Path.of("model"));
    }
  }
}
// … to here.
