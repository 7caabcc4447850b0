package dev.carousel.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.model.Explanation;
import dev.carousel.model.Inspection;
import dev.carousel.model.InspectionOptions;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A look inside a tagger that reads characters too and knows intents. */
class TaggerInspectionTest {
  private static final String TEXT = "we saw Anna near Linz today";
  private static Backend backend;
  private static SequenceTagger model;

  @BeforeAll
  static void train() {
    backend = Backends.named("reference");
    model =
        SequenceTagger.train(
            SyntheticTags.sentences(48, 1),
            SyntheticTags.sentences(12, 2),
            SyntheticTags.tiny(3),
            backend);
  }

  @AfterAll
  static void close() {
    model.close();
    backend.close();
  }

  @Test
  void theAnswerIsThePredictionAndTheIntentsAttentionIsShown() {
    Inspection inside = model.inspect(TEXT);
    Tagging predicted = model.predict(TEXT);
    assertThat(inside.answer())
        .isEqualTo(predicted.intent() + ": " + String.join(" ", predicted.tags()));
    assertThat(inside.readings()).hasSize(1);
    assertThat(inside.readings().get(0).layers()).hasSize(2);
    assertThat(inside.attention()).hasSize(1);
    assertThat(inside.attention().get(0).layer()).isEqualTo("intent.attention");
    assertThat(inside.recomputed().deviation().getAsDouble()).isLessThan(1e-5);
    assertThat(model.inspect("").readings().get(0).layers()).isEmpty();
  }

  /** Gradients are linear: the sum of the emissions has the sum of their gradients. */
  @Test
  void theSumOverTokensIsTheSumOfEachTokens() {
    Explanation all = explain(InspectionOptions.SALIENCY);
    int tokens = all.tokens().size();
    double score = 0;
    double[] products = new double[tokens];
    for (int t = 0; t < tokens; t++) {
      Explanation one = explain(InspectionOptions.SALIENCY.at(t));
      score += one.score();
      for (int i = 0; i < tokens; i++) {
        products[i] += one.saliency().products()[i];
      }
    }
    assertThat(all.score()).isCloseTo(score, within(1e-4));
    assertThat(all.saliency().products()).containsExactly(products, within(1e-4));
    assertThat(all.saliency().norms()[2]).isPositive();
  }

  private static Explanation explain(InspectionOptions options) {
    return model.inspect(TEXT, options).explained().orElseThrow();
  }

  @Test
  void tagsAndTokensThatAreNotThereAreRefused() {
    assertThat(explain(InspectionOptions.of("B-PER").at(2)).of()).isEqualTo("B-PER");
    assertThatThrownBy(() -> explain(InspectionOptions.of("B-ORG")))
        .hasMessageContaining("the tag 'B-ORG' is none of");
    assertThatThrownBy(() -> explain(InspectionOptions.SALIENCY.at(6)))
        .hasMessage("the text has 6 tokens, counted from 0: there is no token 6");
  }

  @Test
  void gradientsOfTheTagsLossAreFollowed() {
    assertThat(model.gradientFlow(SyntheticTags.sentences(3, 5)).parameterNorms())
        .containsKeys("embedding", "characters.filters", "rnn.l0", "output")
        .allSatisfy((layer, norm) -> assertThat(norm).isFinite());
  }
}
