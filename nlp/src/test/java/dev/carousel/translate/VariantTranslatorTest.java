package dev.carousel.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.nn.CellVariant;
import dev.carousel.nn.CellWiring;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A translator whose cells are normalised and forgetful. */
class VariantTranslatorTest {
  private static final List<String> TEXTS = List.of("one two three", "six", "four four five one");

  @TempDir private Path folder;

  @Test
  void itLearnsAndIsTheSameWhenLoaded() {
    CellVariant cells =
        CellVariant.of(CellWiring.LAYER_NORM).withDropout(0.1, 0.1).withZoneout(0.1, 0.1);
    TranslatorSettings tiny = Reversal.tiny(3);
    TranslatorSettings settings = tiny.withArchitecture(tiny.architecture().withCells(cells));
    assertThat(settings.describe()).containsEntry("wiring", "LAYER_NORM");
    Path saved = folder.resolve("model");
    try (Backend backend = Backends.named("reference");
        Translator model =
            Translator.train(Reversal.pairs(200, 1), Reversal.pairs(10, 2), settings, backend)) {
      TranslationScores scores = model.evaluate(Reversal.pairs(30, 3), TranslationOptions.GREEDY);
      assertThat(scores.perplexity()).as("of six words and an end: by chance 7").isLessThan(4);
      model.save(saved);
      try (Translator loaded = Translator.load(saved, backend)) {
        assertThat(texts(loaded)).isEqualTo(texts(model));
        assertThat(model.inspect(TEXTS.get(0)).recomputed().deviation()).isEmpty();
      }
    }
  }

  private static List<String> texts(Translator model) {
    return model.translate(TEXTS, TranslationOptions.DEFAULT).stream()
        .map(Translation::text)
        .toList();
  }
}
