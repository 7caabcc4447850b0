package dev.carousel.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.decode.AttentionMaps;
import dev.carousel.model.AttentionView;
import dev.carousel.model.Explanation;
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
      assertThat(model.inspect("", InspectionOptions.SALIENCY).explained()).isEmpty();
      requireSaliency(model, written);
    }
  }

  private static void requireSaliency(Translator model, Translation.Candidate written) {
    List<String> target = written.map().target();
    Explanation all = explain(model, InspectionOptions.SALIENCY);
    double probability = target.size() * Math.log(written.meanProbability());
    assertThat(all.score()).isCloseTo(probability, within(1e-4));
    assertThat(all.tokens()).containsExactly("one", "two", "five");
    double sum = 0;
    for (int n = 0; n < target.size(); n++) {
      Explanation one = explain(model, InspectionOptions.SALIENCY.at(n));
      assertThat(one.of()).isEqualTo(target.get(n));
      sum += one.score();
    }
    assertThat(sum).isCloseTo(all.score(), within(1e-5));

    Explanation other = explain(model, InspectionOptions.of("sechs").at(0));
    assertThat(other.of()).isEqualTo("sechs");
    assertThat(other.score()).isLessThan(explain(model, InspectionOptions.SALIENCY.at(0)).score());
    for (int t = 0; t < 3; t++) {
      double slope = slope(model, all.tokens().get(t));
      assertThat(other.saliency().products()[t])
          .isCloseTo(slope, within(1e-3 + 0.02 * Math.abs(slope)));
    }
    assertThatThrownBy(() -> explain(model, InspectionOptions.SALIENCY.at(target.size())))
        .hasMessageContaining("there is no token " + target.size());
    assertThatThrownBy(() -> explain(model, InspectionOptions.of("sechs")))
        .hasMessageContaining("--token N");
    assertThatThrownBy(() -> explain(model, InspectionOptions.of("sieben").at(0)))
        .hasMessageContaining("no token 'sieben'");
  }

  private static Explanation explain(Translator model, InspectionOptions options) {
    return model.inspect(TEXT, options).explained().orElseThrow();
  }

  /**
   * By central differences: how ln P("sechs") in place 0 changes as a source token's vector grows.
   */
  private static double slope(Translator model, String token) {
    double e = 0.01;
    return (scaled(model, token, 1 + e) - scaled(model, token, 1 - e)) / (2 * e);
  }

  private static double scaled(Translator model, String token, double factor) {
    ParameterSet set = model.parts().parameters();
    float[] before = set.download();
    float[] changed = before.clone();
    Parameter table = set.parameter("source.weight");
    int width = table.shape().dim(1);
    int row = model.parts().text().source().vocabulary().id(token);
    int from = Math.toIntExact(table.offset()) + row * width;
    for (int i = from; i < from + width; i++) {
      changed[i] *= (float) factor;
    }
    try {
      set.upload(changed);
      return explain(model, InspectionOptions.of("sechs").at(0)).score();
    } finally {
      set.upload(before);
    }
  }
}
