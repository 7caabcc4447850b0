package dev.carousel.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.decode.AttentionMaps;
import dev.carousel.model.AttentionView;
import dev.carousel.model.Inspection;
import dev.carousel.model.InspectionOptions;
import dev.carousel.model.TokenTrace;
import dev.carousel.nn.AttentionScore;
import dev.carousel.nn.DecoderSettings.InputFeeding;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A look inside translators whose decoders run at once and step by step. */
class TranslatorInspectionTest {
  private static final String TEXT = "one two five";

  @ParameterizedTest
  @EnumSource(InputFeeding.class)
  void encoderDecoderAndAttentionAreThoseOfTheTranslation(InputFeeding feeding) {
    TranslatorSettings tiny = Reversal.tiny(2);
    TranslatorSettings settings =
        tiny.withArchitecture(tiny.architecture().withAttention(AttentionScore.ADDITIVE, feeding));
    try (Backend backend = Backends.named("reference");
        Translator model =
            Translator.train(Reversal.pairs(64, 1), Reversal.pairs(8, 2), settings, backend)) {
      Inspection inside = model.inspect(TEXT);
      Translation.Candidate written =
          model
              .translate(List.of(TEXT), TranslationOptions.DEFAULT.withMaps(AttentionMaps.KEPT))
              .get(0)
              .candidates()
              .get(0);
      assertThat(inside.answer()).isEqualTo(written.text());
      assertThat(inside.readings())
          .extracting(TokenTrace::network)
          .containsExactly("encoder", "decoder.rnn");
      assertThat(inside.readings().get(0).tokens()).containsExactly("one", "two", "five");
      List<String> begun = new ArrayList<>(List.of("<bos>"));
      begun.addAll(written.map().target());
      begun.remove(begun.size() - 1);
      TokenTrace decoder = inside.readings().get(1);
      assertThat(decoder.tokens()).isEqualTo(begun);
      assertThat(decoder.layers()).allMatch(layer -> layer.steps() == begun.size());
      assertThat(inside.recomputed().deviation().getAsDouble()).isLessThan(1e-5);

      assertThat(inside.attention()).hasSize(1);
      AttentionView map = inside.attention().get(0);
      assertThat(map.queries()).isEqualTo(written.map().target());
      for (int q = 0; q < map.queries().size(); q++) {
        assertThat(map.weights()[q]).containsExactly(written.map().weights()[q], within(1e-5f));
      }

      assertThat(model.inspect("").readings()).isEmpty();
      assertThatThrownBy(() -> model.inspect(TEXT, InspectionOptions.SALIENCY))
          .hasMessageContaining("its attention says what each word looked at");
    }
  }
}
