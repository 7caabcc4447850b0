package dev.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The two stored files are random tags, some of them breaking their scheme; the figures beside them
 * are those that an independent version of conlleval printed for them.
 */
class SpanReportTest {
  private static List<String> tags(String joined) {
    return List.of(joined.split(" "));
  }

  private static SpanReport stored(String name) throws IOException {
    List<List<String>> gold = new ArrayList<>();
    List<List<String>> predicted = new ArrayList<>();
    try (InputStream in =
        Objects.requireNonNull(SpanReportTest.class.getResourceAsStream(name), name)) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String sentence : all.strip().split("\n\n", -1)) {
        gold.add(sentence.lines().map(line -> line.split("\t", -1)[1]).toList());
        predicted.add(sentence.lines().map(line -> line.split("\t", -1)[2]).toList());
      }
    }
    return SpanReport.of(gold, predicted);
  }

  private static void check(ClassScore score, double precision, double recall, double f1) {
    assertThat(100 * score.precision()).isEqualTo(precision, offset(0.005));
    assertThat(100 * score.recall()).isEqualTo(recall, offset(0.005));
    assertThat(100 * score.f1()).isEqualTo(f1, offset(0.005));
  }

  @Test
  void bioAsConllevalCountsIt() throws IOException {
    SpanReport report = stored("conlleval-bio.txt");
    assertThat(report.tokens()).isEqualTo(279);
    assertThat(100 * report.accuracy()).isEqualTo(80.29, offset(0.005));
    assertThat(100 * report.micro().precision()).isEqualTo(52.00, offset(0.005));
    assertThat(100 * report.micro().recall()).isEqualTo(71.43, offset(0.005));
    assertThat(100 * report.micro().f1()).isEqualTo(60.19, offset(0.005));
    check(report.types().get(0), 43.18, 76.00, 55.07);
    check(report.types().get(1), 50.00, 70.37, 58.46);
    check(report.types().get(2), 62.79, 69.23, 65.85);
  }

  @Test
  void bioesAsConllevalCountsIt() throws IOException {
    SpanReport report = stored("conlleval-bioes.txt");
    assertThat(report.tokens()).isEqualTo(298);
    assertThat(100 * report.accuracy()).isEqualTo(80.87, offset(0.005));
    assertThat(100 * report.micro().precision()).isEqualTo(52.35, offset(0.005));
    assertThat(100 * report.micro().recall()).isEqualTo(76.47, offset(0.005));
    assertThat(100 * report.micro().f1()).isEqualTo(62.15, offset(0.005));
    check(report.types().get(0), 48.15, 86.67, 61.90);
    check(report.types().get(1), 60.47, 76.47, 67.53);
    check(report.types().get(2), 50.00, 68.42, 57.78);
  }

  @Test
  void aSentenceWorkedByHand() {
    // gold: PER 0–2, LOC 3–4; predicted: PER 0–2, LOC 3–5 (too long), PER 5–6
    SpanReport report =
        SpanReport.of(
            List.of(tags("B-PER I-PER O B-LOC O O")),
            List.of(tags("B-PER I-PER O B-LOC I-LOC B-PER")));
    assertThat(report.accuracy()).isEqualTo(4 / 6.0);
    assertThat(report.micro().precision()).isEqualTo(1 / 3.0);
    assertThat(report.micro().recall()).isEqualTo(1 / 2.0);
    assertThat(report.micro().f1()).isEqualTo(2 / 5.0, offset(1e-12));
  }

  @Test
  void anInsideThatFollowsNothingOrAnotherTypeBeginsASpan() {
    assertThat(TagSpans.of(tags("O I-a I-a I-b B-b O")))
        .containsExactly(new TagSpan("a", 1, 3), new TagSpan("b", 3, 4), new TagSpan("b", 4, 5));
  }

  @Test
  void nothingFoundWhereNothingIsGivesZeroAndNoError() {
    SpanReport report = SpanReport.of(List.of(tags("O O")), List.of(tags("O O")));
    assertThat(report.micro().f1()).isZero();
    assertThat(report.accuracy()).isOne();
    assertThat(SpanReport.of(List.of(), List.of()).accuracy()).isZero();
  }

  @Test
  void differentLengthsAreRefusedNamingTheSentence() {
    assertThatThrownBy(() -> SpanReport.of(List.of(tags("O O")), List.of(tags("O"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sentence 0");
  }
}
