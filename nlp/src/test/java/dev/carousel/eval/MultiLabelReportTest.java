package dev.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MultiLabelReportTest {
  private static final List<String> LABELS = List.of("a", "b", "c");
  private static final boolean[][] GOLD = {
    {false, false, false}, {true, true, true}, {false, true, true}
  };

  @Test
  void theMultiLabelExampleOfScikitLearnsF1ScorePage() {
    // f1_score([[0,0,0],[1,1,1],[0,1,1]], [[0,0,0],[1,1,1],[1,1,0]], average=None)
    // → [0.66666667, 1., 0.66666667]
    float[][] probabilities = {{0.1f, 0.2f, 0.49f}, {0.9f, 0.5f, 0.6f}, {0.7f, 0.8f, 0.3f}};
    MultiLabelReport report = MultiLabelReport.of(LABELS, GOLD, probabilities, 0.5f);
    assertThat(report.classes()).extracting(ClassScore::f1).containsExactly(2 / 3.0, 1.0, 2 / 3.0);
    assertThat(report.macro().f1()).isCloseTo(7 / 9.0, within(1e-15));
    // 4 right of 5 predicted and of 5 wanted
    assertThat(report.micro()).isEqualTo(new Scores(0.8, 0.8, 0.8));
    assertThat(report.exactMatch()).isCloseTo(2 / 3.0, within(1e-15));
  }

  @Test
  void theThresholdDecides() {
    float[][] probabilities = {{0.1f, 0.2f, 0.3f}, {0.9f, 0.5f, 0.6f}, {0.7f, 0.8f, 0.3f}};
    assertThat(MultiLabelReport.of(LABELS, GOLD, probabilities, 0.05f).micro())
        .isEqualTo(new Scores(5 / 9.0, 1.0, 10 / 14.0));
    assertThat(MultiLabelReport.of(LABELS, GOLD, probabilities, 0.95f).micro())
        .isEqualTo(new Scores(0, 0, 0));
  }

  @Test
  void wrongShapesAreNamed() {
    assertThatThrownBy(() -> MultiLabelReport.of(LABELS, GOLD, new float[2][3], 0.5f))
        .hasMessage("3 rows of labels but 2 of probabilities");
    assertThatThrownBy(() -> MultiLabelReport.of(LABELS, GOLD, new float[3][2], 0.5f))
        .hasMessage("row 0 has 3 labels and 2 probabilities for 3 classes");
  }
}
