package dev.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationReportTest {
  private static final List<String> LABELS = List.of("a", "b", "c");

  @Test
  void theExampleOfScikitLearnsF1ScorePage() {
    // f1_score([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1]): None → [0.8, 0, 0], macro and weighted
    // 0.2666, micro 0.3333; precision_score macro 0.2222; recall_score macro 0.3333
    ClassificationReport report =
        ClassificationReport.of(LABELS, new int[] {0, 1, 2, 0, 1, 2}, new int[] {0, 2, 1, 0, 0, 1});
    assertThat(report.classes()).extracting(ClassScore::f1).containsExactly(0.8, 0.0, 0.0);
    assertClose(report.macro(), 2 / 9.0, 1 / 3.0, 0.8 / 3);
    assertClose(report.weighted(), 2 / 9.0, 1 / 3.0, 0.8 / 3);
    assertClose(report.micro(), 1 / 3.0, 1 / 3.0, 1 / 3.0);
    assertThat(report.accuracy()).isEqualTo(1 / 3.0);
  }

  @Test
  void theExampleOfScikitLearnsClassificationReportPage() {
    // classification_report([0, 1, 2, 2, 2], [0, 0, 2, 2, 1]): accuracy 0.60,
    // macro 0.50 0.56 0.49, weighted 0.70 0.60 0.61
    ClassificationReport report =
        ClassificationReport.of(LABELS, new int[] {0, 1, 2, 2, 2}, new int[] {0, 0, 2, 2, 1});
    assertThat(report.accuracy()).isEqualTo(0.6);
    assertClose(report.macro(), 0.5, 5 / 9.0, (2 / 3.0 + 0.8) / 3);
    assertClose(report.weighted(), 0.7, 0.6, (2 / 3.0 + 3 * 0.8) / 5);
    assertThat(report.classes()).extracting(ClassScore::support).containsExactly(1L, 1L, 3L);
  }

  @Test
  void aClassThatOccursNowhereIsLeftOutOfTheMacroAverage() {
    ClassificationReport report =
        ClassificationReport.of(LABELS, new int[] {0, 0}, new int[] {0, 1});
    // b was predicted, so it counts with F1 0; c occurs nowhere.
    assertThat(report.macro().f1()).isCloseTo((2 / 3.0 + 0) / 2, within(1e-15));
    assertThat(report.classes()).hasSize(3);
  }

  @Test
  void noExamplesGiveZerosRatherThanNaN() {
    ClassificationReport report = ClassificationReport.of(LABELS, new int[0], new int[0]);
    assertThat(report.accuracy()).isZero();
    assertClose(report.macro(), 0, 0, 0);
    assertClose(report.weighted(), 0, 0, 0);
  }

  @Test
  void wrongInputIsNamed() {
    assertThatThrownBy(() -> ClassificationReport.of(LABELS, new int[2], new int[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 labels but 3 predictions");
    assertThatThrownBy(() -> ClassificationReport.of(LABELS, new int[] {0, 1}, new int[] {0, 3}))
        .hasMessage("prediction 3 of example 1 is none of the 3 classes");
  }

  private static void assertClose(Scores scores, double precision, double recall, double f1) {
    assertThat(scores.precision()).isCloseTo(precision, within(1e-15));
    assertThat(scores.recall()).isCloseTo(recall, within(1e-15));
    assertThat(scores.f1()).isCloseTo(f1, within(1e-15));
  }
}
