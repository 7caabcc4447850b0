package dev.carousel.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchSpaceTest {
  private static SearchSpace space(String... lines) {
    return SearchSpace.parse(
        Stream.of(lines).map(line -> new DimensionText("here", line)).toList());
  }

  @Test
  void rangesAndChoicesAreReadAsTheyAreWritten() {
    assertThat(
            space("lr=1e-4..1e-2:log", "--dropout=0.1..0.6", "layers=1..3", "cell=lstm, gru")
                .dimensions())
        .containsExactly(
            new Range("lr", 1e-4, 1e-2, Range.Scale.LOG, Range.Kind.REAL),
            new Range("dropout", 0.1, 0.6, Range.Scale.LINEAR, Range.Kind.REAL),
            new Range("layers", 1, 3, Range.Scale.LINEAR, Range.Kind.WHOLE),
            new Choice("cell", List.of("lstm", "gru")));
    assertThat(space("schedule=cosine|step:5,0.5").dimensions())
        .containsExactly(new Choice("schedule", List.of("cosine", "step:5,0.5")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "lr=1e-2..1e-4:log ~ from a number to a larger one",
        "lr=0..1:log ~ must begin above 0",
        "lr=1..2:cubic ~ LOW..HIGH:log",
        "lr=1..2..3 ~ LOW..HIGH",
        "lr=a..b ~ LOW..HIGH",
        "hidden=64 ~ is no choice",
        "hidden=64,64 ~ stands twice",
        "hidden=64, ~ is empty",
        "hidden ~ FLAG=VALUES",
        "=3,4 ~ FLAG=VALUES"
      })
  void whatIsNotUnderstoodIsRefusedWithItsPlace(String line, String problem) {
    assertThatThrownBy(() -> space(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("here: ")
        .hasMessageContaining(problem);
  }

  @Test
  void aFileGivesItsLinesAndAFlagThatIsThereTwiceIsNamedWithBoth(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("space.txt");
    Files.writeString(file, "# rates\nlr=1e-4..1e-2:log # of Adam\n\nlr=0.1,0.2\n");
    List<DimensionText> lines = SearchSpace.lines(file);
    assertThat(lines)
        .extracting(DimensionText::text)
        .containsExactly("lr=1e-4..1e-2:log", "lr=0.1,0.2");
    assertThatThrownBy(() -> SearchSpace.parse(lines))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("space.txt:4: --lr")
        .hasMessageContaining("space.txt:2");
  }

  @Test
  void theSeedDecidesTheTrialsAndNoneIsDrawnTwice() {
    SearchSpace space = space("layers=1..3", "cell=lstm,gru");
    List<Trial> six = space.draw(6, 5);
    assertThat(six).isEqualTo(space.draw(6, 5)).isNotEqualTo(space.draw(6, 6));
    assertThat(six).extracting(Trial::values).doesNotHaveDuplicates();
    assertThat(six).extracting(Trial::number).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(six.get(0).flags()).allMatch(flag -> flag.matches("--(layers|cell)=\\w+"));
    assertThatThrownBy(() -> space.draw(7, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no more than 6");
  }

  @Test
  void aLogarithmicRangeHasHalfOfItsValuesBelowTheGeometricMean() {
    Range range = new Range("lr", 1e-4, 1e-2, Range.Scale.LOG, Range.Kind.REAL);
    double[] drawn = values(range, 2000);
    assertThat(IntStream.range(0, 2000).filter(i -> drawn[i] < 1e-3).count() / 2000.0)
        .isCloseTo(0.5, within(4 * 0.5 / Math.sqrt(2000)));
    assertThat(Arrays.stream(drawn)).allMatch(x -> x >= 1e-4 && x <= 1e-2);
  }

  @Test
  void wholeNumbersIncludeBothEndsEquallyOften() {
    double[] drawn = values(new Range("n", 1, 3, Range.Scale.LINEAR, Range.Kind.WHOLE), 3000);
    for (int n = 1; n <= 3; n++) {
      double wanted = n;
      assertThat(IntStream.range(0, 3000).filter(i -> drawn[i] == wanted).count() / 3000.0)
          .isCloseTo(1 / 3.0, within(4 * Math.sqrt(2 / 9.0 / 3000)));
    }
  }

  private static double[] values(Range range, int count) {
    SplittableRandom random = new SplittableRandom(11);
    return IntStream.range(0, count)
        .mapToDouble(i -> Double.parseDouble(range.draw(random)))
        .toArray();
  }
}
