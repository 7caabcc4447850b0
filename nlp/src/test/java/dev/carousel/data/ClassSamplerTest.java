package dev.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassSamplerTest {
  /** Twelve of label 0, five of label 1, two of label 3, none of label 2. */
  private static final int[] LABELS = {0, 0, 1, 0, 0, 3, 0, 1, 0, 0, 1, 0, 0, 1, 0, 3, 1, 0, 0};

  private static int[] draw(ClassSampling sampling, int epoch) {
    return new ClassSampler(sampling, LABELS, 4, 7).draw(epoch);
  }

  private static Map<Integer, Long> counts(int[] drawn) {
    return Arrays.stream(drawn)
        .mapToObj(i -> LABELS[i])
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  @Test
  void naturalSamplingTakesEachExampleOnceInItsPlace() {
    assertThat(draw(ClassSampling.NATURAL, 3))
        .containsExactly(IntStream.range(0, LABELS.length).toArray());
  }

  @ParameterizedTest
  @CsvSource({"BALANCED, 7, 6, 6", "OVER, 12, 12, 12", "UNDER, 2, 2, 2"})
  void everyLabelThatOccursGetsItsShare(ClassSampling sampling, long a, long b, long c) {
    assertThat(counts(draw(sampling, 0))).isEqualTo(Map.of(0, a, 1, b, 3, c));
  }

  @Test
  void noExampleComesAgainBeforeAllOfItsLabelHaveCome() {
    Map<Integer, Long> times =
        Arrays.stream(draw(ClassSampling.OVER, 1))
            .boxed()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    times.forEach(
        (example, count) -> {
          switch (LABELS[example]) {
            case 0 -> assertThat(count).isEqualTo(1);
            case 1 -> assertThat(count).isBetween(2L, 3L);
            default -> assertThat(count).isEqualTo(6);
          }
        });
  }

  @Test
  void epochsDrawDifferentlyAndTheSameEpochAlike() {
    int[] first = draw(ClassSampling.UNDER, 1);
    assertThat(draw(ClassSampling.UNDER, 1)).containsExactly(first);
    assertThat(IntStream.range(2, 12).mapToObj(e -> draw(ClassSampling.UNDER, e)))
        .anySatisfy(other -> assertThat(other).isNotEqualTo(first));
    int[] seen =
        IntStream.range(0, 60)
            .flatMap(e -> Arrays.stream(draw(ClassSampling.UNDER, e)))
            .distinct()
            .toArray();
    assertThat(seen).hasSize(LABELS.length);
  }
}
