package dev.carousel.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.data.DataSet;
import dev.carousel.data.Example;
import dev.carousel.inspect.FlowCurve;
import dev.carousel.inspect.LayerTrace;
import dev.carousel.inspect.Reading;
import dev.carousel.inspect.Saliency;
import dev.carousel.model.AttentionView;
import dev.carousel.model.Explanation;
import dev.carousel.model.Inspection;
import dev.carousel.model.InspectionOptions;
import dev.carousel.model.ModelFlow;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A look inside classifiers: one of two layers with both kinds of attention. */
class ClassifierInspectionTest {
  private static final String TEXT = "the house is very red today";
  private static Backend backend;
  private static TextClassifier model;

  @BeforeAll
  static void train() {
    backend = Backends.named("reference");
    ClassifierSettings settings =
        Synthetic.tiny(6)
            .withArchitecture(
                new Architecture(8, Cell.LSTM, Direction.BIDIRECTIONAL, 2, 8, TextPooling.ATTENTION)
                    .withAttentionHeads(2));
    model =
        TextClassifier.train(Synthetic.colours(90, 1), Synthetic.colours(30, 2), settings, backend);
  }

  @AfterAll
  static void close() {
    model.close();
    backend.close();
  }

  @Test
  void everyDirectionOfEveryLayerIsThereAndTheAnswerIsThePrediction() {
    Inspection inside = model.inspect(TEXT);
    assertThat(inside.answer()).startsWith(model.predict(TEXT).label() + " ");
    List<LayerTrace> layers = inside.readings().get(0).layers();
    assertThat(inside.readings().get(0).tokens())
        .containsExactly("the", "house", "is", "very", "red", "today");
    assertThat(layers).hasSize(4);
    assertThat(layers).extracting(LayerTrace::layer).containsExactly(0, 0, 1, 1);
    assertThat(layers)
        .extracting(LayerTrace::reading)
        .containsExactly(Reading.FORWARDS, Reading.BACKWARDS, Reading.FORWARDS, Reading.BACKWARDS);
    assertThat(layers).allMatch(layer -> layer.steps() == 6);
    assertThat(inside.recomputed().deviation().getAsDouble()).isLessThan(1e-5);
    assertThat(inside.explained()).isEmpty();
  }

  @Test
  void attentionIsShownWithItsTokens() {
    List<AttentionView> views = model.inspect(TEXT).attention();
    assertThat(views)
        .extracting(AttentionView::layer)
        .containsExactly("self_attention", "self_attention", "attention");
    AttentionView pooling = views.get(2);
    assertThat(pooling.queries()).containsExactly(AttentionView.TEXT);
    for (AttentionView view : views) {
      assertThat(view.keys()).hasSize(6);
      assertThat(view.weights()).hasNumberOfRows(view.queries().size());
      for (float[] row : view.weights()) {
        double sum = IntStream.range(0, row.length).mapToDouble(i -> row[i]).sum();
        assertThat(sum).isCloseTo(1, within(1e-5));
      }
    }
  }

  @Test
  void theTokenThatDecidesSpeaksForItsLabelAndAgainstOthers() {
    Explanation why = model.inspect(TEXT, InspectionOptions.SALIENCY).explained().orElseThrow();
    assertThat(why.of()).isEqualTo("red");
    for (String other : List.of("blue", "green")) {
      Explanation not = model.inspect(TEXT, InspectionOptions.of(other)).explained().orElseThrow();
      assertThat(not.score()).isLessThan(why.score());
      assertThat(not.saliency().products()[4]).isLessThan(why.saliency().products()[4]);
    }
  }

  /** Each word of the text occurs once, so its row of the table is its vector. */
  @Test
  void saliencyIsTheSlopeOfTheScore() {
    String asked = "blue";
    Saliency saliency =
        model.inspect(TEXT, InspectionOptions.of(asked)).explained().orElseThrow().saliency();
    int label = model.labels().indexOf(asked);
    int[] ids = model.parts().encoder().encode(TEXT);
    for (int t = 0; t < ids.length; t++) {
      double squares = 0;
      double product = 0;
      ParameterSet set = model.parts().parameters();
      Parameter table = set.parameter("embedding.weight");
      for (int k = 0; k < 8; k++) {
        int at = (int) table.offset() + ids[t] * 8 + k;
        double slope = (shifted(set, at, 0.01f, label) - shifted(set, at, -0.01f, label)) / 0.02;
        squares += slope * slope;
        product += slope * set.download()[at];
      }
      assertThat(saliency.norms()[t]).isCloseTo(Math.sqrt(squares), within(2e-3));
      assertThat(saliency.products()[t]).isCloseTo(product, within(2e-3));
    }
  }

  /** The label's score where one number of the model is another; the model is put back. */
  private static double shifted(ParameterSet set, int at, float by, int label) {
    float[] before = set.download();
    float[] after = before.clone();
    after[at] += by;
    set.upload(after);
    double score =
        model.parts().scorer().logits(List.of(model.parts().encoder().encode(TEXT)))[0][label];
    set.upload(before);
    return score;
  }

  @Test
  void noTokenOneTokenAndTooManyAreLegal() {
    Inspection empty = model.inspect("", InspectionOptions.SALIENCY);
    assertThat(empty.readings().get(0).layers()).isEmpty();
    assertThat(empty.explained().orElseThrow().saliency().norms()).isEmpty();
    assertThat(empty.answer()).startsWith(model.predict("").label());

    Inspection one = model.inspect("red", InspectionOptions.SALIENCY);
    assertThat(one.readings().get(0).layers()).allMatch(layer -> layer.steps() == 1);
    assertThat(one.notes()).isEmpty();

    Inspection many = model.inspect("red ".repeat(10_000));
    assertThat(many.readings().get(0).layers().get(0).steps()).isEqualTo(512);
    assertThat(many.notes()).containsExactly("the model reads 512 of the text's 10000 tokens");
  }

  @Test
  void aLabelThatTheModelHasNotIsRefused() {
    assertThatThrownBy(() -> model.inspect(TEXT, InspectionOptions.of("purple")))
        .hasMessage("the label 'purple' is none of the model's 3: blue, green, red");
    assertThatThrownBy(() -> model.inspect(TEXT, InspectionOptions.SALIENCY.at(2)))
        .hasMessageContaining("a classifier has one score for the whole text");
  }

  @Test
  void manyMayLookAtOnce() {
    double[] alone =
        model
            .inspect(TEXT, InspectionOptions.SALIENCY)
            .explained()
            .orElseThrow()
            .saliency()
            .norms();
    List<double[]> together =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> model.inspect(TEXT, InspectionOptions.SALIENCY))
            .map(inside -> inside.explained().orElseThrow().saliency().norms())
            .toList();
    assertThat(together).allSatisfy(norms -> assertThat(norms).containsExactly(alone));
  }

  @Test
  void gradientsOfTheLossAreFollowedTextByText() {
    DataSet data =
        DataSet.of(
            "two", List.of(Example.of("red", "red"), Example.of("the old blue house", "blue")));
    ModelFlow flow = model.gradientFlow(data);
    assertThat(flow.texts()).isEqualTo(2);
    assertThat(flow.layers()).hasSize(4);
    for (FlowCurve curve : flow.layers()) {
      assertThat(curve.texts()).containsExactly(2, 1, 1, 1);
      assertThat(curve.norms()[0]).isPositive();
    }
    assertThat(flow.parameterNorms())
        .containsKeys("embedding", "rnn.l0", "rnn.l0_reverse", "rnn.l1", "attention", "output");
  }
}
