package dev.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static final int[] GOLD = {2, 0, 2, 2, 0, 1};
  private static final int[] PREDICTED = {0, 0, 2, 2, 0, 2};

  @Test
  void theExampleOfScikitLearnsPage() {
    // confusion_matrix → [[2, 0, 0], [0, 0, 1], [1, 0, 2]]
    ConfusionMatrix matrix = ConfusionMatrix.of(List.of("ant", "bird", "cat"), GOLD, PREDICTED);
    assertThat(matrix.render(3))
        .isEqualTo(
            """
            gold \\ predicted  ant  bird  cat
            ant                 2     0    0
            bird                0     0    1
            cat                 1     0    2
            """);
  }

  @Test
  void smallClassesAreSummedUpAsOther() {
    ConfusionMatrix matrix = ConfusionMatrix.of(List.of("ant", "bird", "cat"), GOLD, PREDICTED);
    assertThat(matrix.render(1))
        .isEqualTo(
            """
            gold \\ predicted  cat  (other)
            cat                 2        1
            (other)             1        2
            """);
  }

  @Test
  void wideCharactersCountTwoColumnsAndLongLabelsAreCut() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(List.of("房间", "x".repeat(40)), new int[] {0, 1}, new int[] {0, 1});
    assertThat(matrix.render(2))
        .isEqualTo(
            """
            gold \\ predicted          房间  xxxxxxxxxxxxxxxxxxxxxxx…
            房间                         1                         0
            xxxxxxxxxxxxxxxxxxxxxxx…     0                         1
            """);
  }

  @Test
  void tooManyClassesAreRefused() {
    List<String> labels = java.util.Collections.nCopies(4097, "x");
    assertThatThrownBy(() -> ConfusionMatrix.of(labels, GOLD, PREDICTED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 4096");
  }
}
