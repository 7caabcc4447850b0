package dev.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.data.DataSet;
import dev.carousel.data.Example;
import dev.carousel.data.Split;
import dev.carousel.data.WordNetGlosses;
import dev.carousel.text.Normalization;
import dev.carousel.text.Normalizer;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.WordTokenizer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NaiveBayesTest {
  @Test
  void theWorkedExampleOfManningRaghavanSchuetze() {
    // Introduction to Information Retrieval, example 13.1
    NaiveBayes bayes =
        NaiveBayes.train(
            List.of(
                List.of("Chinese", "Beijing", "Chinese"),
                List.of("Chinese", "Chinese", "Shanghai"),
                List.of("Chinese", "Macao"),
                List.of("Tokyo", "Japan", "Chinese")),
            List.of("china", "china", "china", "other"),
            NaiveBayes.ADD_ONE);
    List<String> text = List.of("Chinese", "Chinese", "Chinese", "Tokyo", "Japan", "unseen");
    double[] scores = bayes.scores(text);
    assertThat(Math.exp(scores[0])).isCloseTo(0.75 * Math.pow(3 / 7.0, 3) / 14 / 14, within(1e-15));
    assertThat(Math.exp(scores[1])).isCloseTo(0.25 * Math.pow(2 / 9.0, 5), within(1e-15));
    assertThat(bayes.predict(text)).isEqualTo("china");
    assertThat(bayes.labels()).containsExactly("china", "other");
  }

  @ParameterizedTest(name = "smoothing {0} → {1}")
  @CsvSource({"1.0, 0.62", "0.1, 0.68"})
  void seed1_heldOutWordNetDefinitionsAreClassified(double smoothing, double accuracy)
      throws IOException {
    DataSet glosses =
        WordNetGlosses.asDataSet(WordNetGlosses.load(), WordNetGlosses.Part.DEFINITION);
    Split split = Split.tenth(glosses, 1);
    NaiveBayes bayes =
        NaiveBayes.train(
            split.train().examples().stream().map(e -> words(e.text())).toList(),
            split.train().examples().stream().map(Example::label).toList(),
            smoothing);
    long right =
        split.heldOut().examples().stream()
            .filter(e -> bayes.predict(words(e.text())).equals(e.label()))
            .count();
    // A separate Python script over another random tenth gave 0.6209 and 0.6798.
    assertThat(right / (double) split.heldOut().size()).isCloseTo(accuracy, within(0.01));
  }

  @Test
  void trainingNeedsALabelAText() {
    assertThatThrownBy(() -> NaiveBayes.train(List.of(List.of("a")), List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 texts and 0 labels");
    assertThatThrownBy(() -> NaiveBayes.train(List.of(List.of("a")), List.of("x"), 0))
        .hasMessage("the smoothing must be above 0, not 0.0");
  }

  private static List<String> words(String text) {
    Tokenizer tokenizer =
        new WordTokenizer(
            Normalizer.of(Normalization.LOWER_CASE), WordTokenizer.Contractions.SPLIT);
    return tokenizer.words(text);
  }
}
