package dev.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NormalizerTest {
  @Test
  void stepsRunInTheirOrder() {
    Normalizer all = Normalizer.of(Normalization.values());
    assertThat(all.apply("Ｈｅ’s ﬁve №１２ ٣ İ").text()).isEqualTo("he's five no00 0 i\u0307");
    assertThat(Normalizer.NONE.apply("Ａ’1").text()).isEqualTo("Ａ’1");
  }

  @Test
  void lowerCaseDoesNotDependOnTheDefaultLocale() {
    java.util.Locale before = java.util.Locale.getDefault();
    try {
      java.util.Locale.setDefault(java.util.Locale.forLanguageTag("tr"));
      assertThat(Normalizer.of(Normalization.LOWER_CASE).apply("TITLE").text()).isEqualTo("title");
    } finally {
      java.util.Locale.setDefault(before);
    }
  }

  @Test
  void tokensKeepOffsetsIntoTheOriginal() {
    Tokenizer tokenizer =
        new WordTokenizer(
            Normalizer.of(Normalization.NFKC, Normalization.LOWER_CASE),
            WordTokenizer.Contractions.SPLIT);
    // "ﬁ" is one unit that becomes two; "e\u0301" is two that become one.
    assertThat(tokenizer.tokenize("ﬁNE e\u0301T ㎏㎏"))
        .containsExactly(new Token("fine", 0, 3), new Token("ét", 4, 7), new Token("kgkg", 8, 10));
    Tokenizer characters =
        new CharacterTokenizer(
            Normalizer.of(Normalization.NFKC), CharacterTokenizer.WhiteSpace.DROP);
    assertThat(characters.tokenize("㎏ x"))
        .containsExactly(new Token("k", 0, 1), new Token("g", 0, 1), new Token("x", 2, 3));
  }

  @Test
  void aSpecMakesTheSameNormalizerAgain() {
    for (Normalizer normalizer :
        List.of(
            Normalizer.NONE,
            Normalizer.of(Normalization.values()),
            Normalizer.of(Normalization.ZERO_DIGITS, Normalization.NFKC))) {
      assertThat(Normalizer.parse(normalizer.spec())).isEqualTo(normalizer);
    }
    assertThat(Normalizer.of(Normalization.ZERO_DIGITS, Normalization.NFKC).spec())
        .isEqualTo("nfkc+zero-digits");
    assertThatThrownBy(() -> Normalizer.parse("nfkc+upper"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no normalisation step 'upper' in 'nfkc+upper'; known steps: none, nfkc,"
                + " straight-quotes, lower-case, zero-digits");
  }
}
