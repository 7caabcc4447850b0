package dev.carousel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * BLEU and chrF against what sacreBLEU 2.6.0 printed for the same sentences (its {@code
 * BLEU(tokenize=…).corpus_score} and {@code CHRF().corpus_score}), and against counts by hand.
 */
class TranslationScoresTest {
  private record Corpus(List<String> hypotheses, List<String> references) {}

  private static final Corpus DOG =
      new Corpus(
          List.of("The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."),
          List.of(
              "The dog had bit the man.", "No one was surprised.", "The man had bitten the dog."));

  private static final Corpus NUMBERS =
      new Corpus(
          List.of(
              "He paid $1,234.56 (in cash) on 3-4 occasions, i.e. often...",
              "5-year plan: 50% & more",
              "\"Quoted\" text; <tag> & AT&amp;T"),
          List.of(
              "He paid 1,234.56 dollars (cash) on 3-4 occasions, often.",
              "A 5-year plan: 50 % and more",
              "\"Quoted\" text: <tag> & AT&T"));

  private static final Corpus SHORT =
      new Corpus(List.of("cat", "the", ""), List.of("the cat", "the", "empty"));

  private static final Corpus CHINESE =
      new Corpus(
          List.of("我喜欢吃苹果。", "“你好”，世界！123 OK", "今天天气很好"),
          List.of("我爱吃苹果。", "“您好”，世界！ 123 OK", "今天的天气非常好"));

  private static final Corpus ACCENTS =
      new Corpus(
          List.of("naïve café élève", "Müller läuft über die Straße", "emoji 😀 ok 𠀀𠀁"),
          List.of("naive café, élève", "Müller rennt über die Straße", "emoji 😀 fine 𠀀𠀁"));

  private static final Corpus NONE = new Corpus(List.of("abc def"), List.of("ghi jkl"));

  private record Printed(Corpus corpus, String tokenizer, String bleu) {}

  static Stream<Printed> printed() {
    return Stream.of(
        new Printed(
            DOG,
            "13a",
            "28.33 70.6/42.9/27.3/12.5 (BP = 0.889 ratio = 0.895 hyp_len = 17 ref_len = 19)"),
        new Printed(
            DOG,
            "zh",
            "28.33 70.6/42.9/27.3/12.5 (BP = 0.889 ratio = 0.895 hyp_len = 17 ref_len = 19)"),
        new Printed(
            DOG,
            "char",
            "59.26 79.3/63.6/55.8/46.9 (BP = 0.983 ratio = 0.983 hyp_len = 58 ref_len = 59)"),
        new Printed(
            DOG,
            "none",
            "25.34 64.3/45.5/25.0/10.0 (BP = 0.867 ratio = 0.875 hyp_len = 14 ref_len = 16)"),
        new Printed(
            NUMBERS,
            "13a",
            "55.11 76.7/60.0/48.6/41.2 (BP = 1.000 ratio = 1.162 hyp_len = 43 ref_len = 37)"),
        new Printed(
            NUMBERS,
            "zh",
            "50.14 73.3/54.8/43.6/36.1 (BP = 1.000 ratio = 1.216 hyp_len = 45 ref_len = 37)"),
        new Printed(
            NUMBERS,
            "char",
            "73.07 84.4/76.3/70.0/63.2 (BP = 1.000 ratio = 1.032 hyp_len = 96 ref_len = 93)"),
        new Printed(
            NUMBERS,
            "none",
            "14.40 55.0/29.4/7.1/4.5 (BP = 0.951 ratio = 0.952 hyp_len = 20 ref_len = 21)"),
        new Printed(
            SHORT,
            "13a",
            "0.00 100.0/0.0/0.0/0.0 (BP = 0.368 ratio = 0.500 hyp_len = 2 ref_len = 4)"),
        new Printed(
            SHORT,
            "char",
            "0.00 100.0/100.0/100.0/0.0 (BP = 0.264 ratio = 0.429 hyp_len = 6 ref_len = 14)"),
        new Printed(
            CHINESE,
            "13a",
            "0.00 25.0/50.0/0.0/0.0 (BP = 0.779 ratio = 0.800 hyp_len = 4 ref_len = 5)"),
        new Printed(
            CHINESE,
            "zh",
            "53.84 82.6/60.0/47.1/42.9 (BP = 0.957 ratio = 0.958 hyp_len = 23 ref_len = 24)"),
        new Printed(
            CHINESE,
            "char",
            "60.92 84.6/65.2/55.0/52.9 (BP = 0.962 ratio = 0.963 hyp_len = 26 ref_len = 27)"),
        new Printed(
            ACCENTS,
            "13a",
            "26.56 75.0/33.3/16.7/16.7 (BP = 0.920 ratio = 0.923 hyp_len = 12 ref_len = 13)"),
        new Printed(
            ACCENTS,
            "zh",
            "26.56 75.0/33.3/16.7/16.7 (BP = 0.920 ratio = 0.923 hyp_len = 12 ref_len = 13)"),
        new Printed(
            ACCENTS,
            "char",
            "65.34 85.4/75.6/64.3/56.4 (BP = 0.939 ratio = 0.941 hyp_len = 48 ref_len = 51)"),
        new Printed(
            ACCENTS,
            "none",
            "28.03 66.7/33.3/16.7/16.7 (BP = 1.000 ratio = 1.000 hyp_len = 12 ref_len = 12)"),
        new Printed(
            NONE,
            "13a",
            "0.00 0.0/0.0/0.0/0.0 (BP = 1.000 ratio = 1.000 hyp_len = 2 ref_len = 2)"));
  }

  @ParameterizedTest
  @MethodSource("printed")
  void bleuIsWhatSacreBleuPrints(Printed p) {
    Bleu bleu =
        Bleu.of(
            BleuTokenizer.named(p.tokenizer()), p.corpus().hypotheses(), p.corpus().references());
    assertThat(bleu).hasToString("BLEU = " + p.bleu());
  }

  @Test
  void chrfIsWhatSacreBleuPrints() {
    assertThat(chrf(DOG)).isEqualTo("chrF2 = 51.70");
    assertThat(chrf(NUMBERS)).isEqualTo("chrF2 = 68.39");
    assertThat(chrf(SHORT)).isEqualTo("chrF2 = 39.96");
    assertThat(chrf(CHINESE)).isEqualTo("chrF2 = 57.79");
    assertThat(chrf(ACCENTS)).isEqualTo("chrF2 = 57.53");
    assertThat(chrf(NONE)).isEqualTo("chrF2 = 0.00");
  }

  private static String chrf(Corpus c) {
    return ChrF.of(c.hypotheses(), c.references()).toString();
  }

  @Test
  void signaturesAreThoseOfSacreBleu() {
    assertThat(Bleu.of(BleuTokenizer.V13A, List.of("a"), List.of("a")).signature())
        .isEqualTo("nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0");
    assertThat(ChrF.of(List.of("a"), List.of("a")).signature())
        .isEqualTo("nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0");
  }

  @Test
  void bleuIsThatOfCountsByHand() {
    // a b c d e against a b c x d e f: 5 of 5, 3 of 4 (ab bc de), 1 of 3 (abc), 0 of 2 smoothed to
    // 1/2
    Bleu bleu = Bleu.of(BleuTokenizer.NONE, List.of("a b c d e"), List.of("a b c x d e f"));
    double bp = Math.exp(1 - 7.0 / 5);
    double expected = 100 * bp * Math.pow(1 * (3 / 4.0) * (1 / 3.0) * (0.5 / 2), 0.25);
    assertThat(bleu.score()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void repeatedWordsCountOnlyAsOftenAsInTheReference() {
    // Papineni et al. 2002, example 2: the modified unigram precision is 2 / 7
    Bleu bleu =
        Bleu.of(
            BleuTokenizer.NONE,
            List.of("the the the the the the the"),
            List.of("the cat is on the mat"));
    assertThat(bleu.precisions()[0]).isCloseTo(200.0 / 7, within(1e-12));
  }

  @Test
  void chrfIsThatOfCountsByHand() {
    // abc against abd: 2 of 3 characters, 1 of 2 pairs, 0 of 1 triples, no longer ones
    double mean = (2 / 3.0 + 1 / 2.0 + 0) / 3;
    assertThat(ChrF.of(List.of("a bc"), List.of("ab d")).score())
        .isCloseTo(100 * mean, within(1e-12));
  }

  @Test
  void bothSidesMustBeThere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bleu.of(BleuTokenizer.NONE, List.of("a"), List.of()))
        .withMessageContaining("1 hypotheses for 0 references");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChrF.of(List.of(), List.of()))
        .withMessageContaining("at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BleuTokenizer.named("intl"))
        .withMessageContaining("13a, zh, char and none");
  }
}
