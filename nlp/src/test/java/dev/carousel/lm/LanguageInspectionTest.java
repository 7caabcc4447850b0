package dev.carousel.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.ParameterSet;
import dev.carousel.inspect.Saliency;
import dev.carousel.lm.LanguageArchitecture.Output;
import dev.carousel.model.Explanation;
import dev.carousel.model.Inspection;
import dev.carousel.model.InspectionOptions;
import dev.carousel.model.ModelFlow;
import dev.carousel.rnn.Cell;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A look inside language models. */
class LanguageInspectionTest {
  private static Backend backend;
  private static LanguageModel model;

  @BeforeAll
  static void train() {
    backend = Backends.named("reference");
    LanguageSettings settings =
        Rhymes.regularised(LanguageText.WORDS, 4)
            .withArchitecture(new LanguageArchitecture(Cell.GRU, 6, 10, 2, Output.SEPARATE));
    model = LanguageModel.train(Rhymes.corpus(24), Rhymes.corpus(6), settings, backend);
  }

  @AfterAll
  static void close() {
    model.close();
    backend.close();
  }

  @Test
  void theTextIsReadFromALinesEndOnAndTheNextTokenIsTheAnswer() {
    Inspection inside = model.inspect("one two");
    assertThat(inside.readings().get(0).tokens()).containsExactly("<eos>", "one", "two");
    assertThat(inside.readings().get(0).layers()).hasSize(2);
    assertThat(inside.recomputed().deviation().getAsDouble()).isLessThan(1e-5);
    assertThat(inside.attention()).isEmpty();
    assertThat(model.inspect("").readings().get(0).tokens()).containsExactly("<eos>");
  }

  @Test
  void theScoreIsTheLogProbabilityThatASessionGives() {
    Explanation why = explain("one two", InspectionOptions.of("three"));
    assertThat(why.score()).isCloseTo(logProbability("one two", "three"), within(1e-5));
    Explanation best = explain("one two", InspectionOptions.SALIENCY);
    assertThat(best.score()).isGreaterThanOrEqualTo(why.score());
  }

  private static Explanation explain(String text, InspectionOptions options) {
    return model.inspect(text, options).explained().orElseThrow();
  }

  private static double logProbability(String text, String next) {
    try (Session session = model.session()) {
      session.read(text);
      float[] logits = session.logits();
      double sum = IntStream.range(0, logits.length).mapToDouble(v -> Math.exp(logits[v])).sum();
      return logits[model.parts().codec().vocabulary().id(next)] - Math.log(sum);
    }
  }

  /** Each token of the text occurs once, and the output has a matrix of its own. */
  @Test
  void saliencyIsTheSlopeOfTheLogProbability() {
    Saliency saliency = explain("one two", InspectionOptions.of("three")).saliency();
    ParameterSet set = model.parts().parameters();
    float[] values = set.download();
    int[] ids = {
      model.parts().codec().lineEnd(),
      model.parts().codec().vocabulary().id("one"),
      model.parts().codec().vocabulary().id("two")
    };
    for (int t = 0; t < ids.length; t++) {
      double squares = 0;
      double product = 0;
      for (int k = 0; k < 6; k++) {
        int at = (int) set.parameter("embedding.weight").offset() + ids[t] * 6 + k;
        double slope = (shifted(set, values, at, 0.01f) - shifted(set, values, at, -0.01f)) / 0.02;
        squares += slope * slope;
        product += slope * values[at];
      }
      assertThat(saliency.norms()[t]).isCloseTo(Math.sqrt(squares), within(2e-3));
      assertThat(saliency.products()[t]).isCloseTo(product, within(2e-3));
    }
  }

  private static double shifted(ParameterSet set, float[] values, int at, float by) {
    float[] other = values.clone();
    other[at] += by;
    set.upload(other);
    double score = logProbability("one two", "three");
    set.upload(values);
    return score;
  }

  @Test
  void oneHotTokensAndTokensOutOfAWindowAreSeenToo() {
    LanguageSettings settings =
        Rhymes.tiny(LanguageText.WORDS, 1)
            .withArchitecture(new LanguageArchitecture(Cell.RNN_TANH, 0, 6, 1, Output.SEPARATE))
            .withLearning(
                new LanguageLearning(
                    4,
                    new Unrolling(Unrolling.Kind.SLIDING, 4, 2),
                    LanguageLearning.LossMean.TOKEN,
                    0,
                    Rhymes.training(1)));
    try (LanguageModel oneHot =
        LanguageModel.train(Rhymes.corpus(12), Rhymes.corpus(6), settings, backend)) {
      Inspection inside =
          oneHot.inspect("one two three four five one two", InspectionOptions.SALIENCY);
      assertThat(inside.readings().get(0).tokens()).containsExactly("four", "five", "one", "two");
      assertThat(inside.notes()).containsExactly("the model reads 4 of the text's 8 tokens");
      assertThat(inside.explained().orElseThrow().saliency().norms()[3]).isPositive();
    }
  }

  @Test
  void gradientsOfTheNextTokenAreFollowedThroughWindows() {
    ModelFlow flow = model.gradientFlow(Rhymes.corpus(9), 5, 4);
    assertThat(flow.texts()).isEqualTo(4);
    assertThat(flow.layers()).hasSize(2);
    assertThat(flow.layers().get(1).texts()).containsExactly(4, 4, 4, 4, 4);
    assertThatThrownBy(() -> model.gradientFlow(Rhymes.corpus(1), 50, 4))
        .hasMessageContaining("no text with a token");
  }

  @Test
  void aTokenThatTheModelDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> explain("one", InspectionOptions.of("eleven")))
        .hasMessageContaining("the model knows no token 'eleven'");
  }
}
