package dev.carousel.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.data.DataSet;
import dev.carousel.data.Example;
import dev.carousel.model.UpdateSettings;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.store.Provenance;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OnlineClassifierTest {
  private static final DataSet DEV = Synthetic.colours(30, 2);

  /** The model calls everything with "red" red; from now on an old red house is blue. */
  private static final List<Example> CORRECTIONS =
      List.of(
          Example.of("the very old red house", "blue"),
          Example.of("old red house", "blue"),
          Example.of("is the old red house very old", "blue"));

  private static Backend backend;
  private static TextClassifier model;

  @BeforeAll
  static void train() {
    backend = Backends.named("reference");
    model = TextClassifier.train(Synthetic.colours(90, 1), DEV, Synthetic.tiny(8), backend);
  }

  @AfterAll
  static void close() {
    model.close();
    backend.close();
  }

  private static OnlineClassifier learner(double hold) {
    return OnlineClassifier.of(model, new UpdateSettings(0.01, hold, 1));
  }

  @Test
  void itLearnsWhatItIsToldAndTheModelStaysAsItWas() {
    Prediction before = model.predict("the old red house");
    try (OnlineClassifier learner = learner(0)) {
      for (int i = 0; i < 40; i++) {
        learner.learn(CORRECTIONS);
      }
      try (TextClassifier snapshot = learner.snapshot()) {
        Prediction after = snapshot.predict("the old red house");
        assertThat(before.label()).isEqualTo("red");
        assertThat(after.label()).isEqualTo("blue");
        learner.learn(List.of(Example.of("old red house", "green")));
        assertThat(snapshot.predict("the old red house")).isEqualTo(after);
        Provenance provenance = snapshot.provenance();
        assertThat(provenance.settings())
            .containsEntry("update.steps", "40")
            .containsEntry("cell", "LSTM");
      }
    }
    assertThat(model.predict("the old red house")).isEqualTo(before);
  }

  @Test
  void aSnapshotWithoutAStepIsTheModel() {
    try (OnlineClassifier learner = learner(0.1);
        TextClassifier same = learner.snapshot()) {
      assertThat(same.predict("red and blue")).isEqualTo(model.predict("red and blue"));
    }
  }

  @Test
  void theHoldKeepsMoreOfWhatTheModelKnew() {
    // Nothing but red is shown: without a hold the bias runs away.
    double free = greensAfterManyReds(0);
    double held = greensAfterManyReds(10);
    assertThat(held).isGreaterThan(free + 0.1);
  }

  private static double greensAfterManyReds(double hold) {
    try (OnlineClassifier learner = learner(hold)) {
      for (int i = 0; i < 60; i++) {
        learner.learn(List.of(Example.of("green", "red"), Example.of("today", "red")));
      }
      try (TextClassifier after = learner.snapshot()) {
        return after.predict("the green house").scores().get("green");
      }
    }
  }

  @Test
  void aNewLabelIsRefusedWithWhatToDoAndNothingIsLearned() {
    try (OnlineClassifier learner = learner(0)) {
      List<Example> two = List.of(CORRECTIONS.get(0), Example.of("a lilac house", "lilac"));
      assertThatThrownBy(() -> learner.learn(two))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "example 2: the label 'lilac' is none of the model's 3: blue, green, red")
          .hasMessageContaining("train a model anew");
      try (TextClassifier same = learner.snapshot()) {
        assertThat(same.predict("old red house")).isEqualTo(model.predict("old red house"));
      }
    }
  }

  @Test
  void unknownWordsAreCountedAndReadAsTheUnknownOne() {
    try (OnlineClassifier learner = learner(0)) {
      List<Example> strange = List.of(Example.of("zebra red zebra", "red"));
      assertThat(learner.unknownTokens(strange)).isEqualTo(2);
      assertThat(learner.learn(strange)).isPositive().isFinite();
    }
  }
}
