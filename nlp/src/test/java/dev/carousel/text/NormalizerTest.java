package dev.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalizerTest {
  @Test
  void stepsRunInTheirOrder() {
    Normalizer all = Normalizer.of(allBut(Normalization.TRADITIONAL));
    assertThat(all.apply("Ｈｅ’s ﬁve №１２ ٣ İ 頭髮").text()).isEqualTo("he's five no00 0 i\u0307 头发");
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
            Normalizer.of(allBut(Normalization.SIMPLIFIED)),
            Normalizer.of(Normalization.ZERO_DIGITS, Normalization.NFKC))) {
      assertThat(Normalizer.parse(normalizer.spec())).isEqualTo(normalizer);
    }
    assertThat(Normalizer.of(Normalization.ZERO_DIGITS, Normalization.NFKC).spec())
        .isEqualTo("nfkc+zero-digits");
    assertThatThrownBy(() -> Normalizer.parse("nfkc+upper"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no normalisation step 'upper' in 'nfkc+upper'; known steps: none, nfkc,"
                + " straight-quotes, lower-case, zero-digits, simplified, traditional");
  }

  static Normalization[] allBut(Normalization step) {
    return EnumSet.complementOf(EnumSet.of(step)).toArray(Normalization[]::new);
  }

  @Test
  void chineseIsWrittenInTheScriptThatIsAskedFor() {
    Normalizer simplified = Normalizer.of(Normalization.SIMPLIFIED);
    Normalizer traditional = Normalizer.of(Normalization.TRADITIONAL);
    assertThat(simplified.apply("我們的頭髮，乾隆皇后 of 2020").text()).isEqualTo("我们的头发，乾隆皇后 of 2020");
    // 发 and 后 each stand for two characters; the phrase decides
    assertThat(traditional.apply("头发发展，皇后来了以后").text()).isEqualTo("頭髮發展，皇后來了以後");
    assertThat(simplified.apply("头发发展").text()).isEqualTo("头发发展");
    assertThat(traditional.apply("plain text, カナ").text()).isEqualTo("plain text, カナ");
  }

  @Test
  void convertedCharactersKeepTheirPlaces() {
    Tokenizer characters = characters(Normalization.SIMPLIFIED, Normalization.NFKC);
    assertThat(characters.tokenize("㎏ 頭髮"))
        .containsExactly(
            new Token("k", 0, 1), new Token("g", 0, 1), new Token("头", 2, 3), new Token("发", 3, 4));
    // one unit that becomes a surrogate pair, which is one character
    assertThat(characters.tokenize("㑮a"))
        .containsExactly(new Token("\uD86D\uDF48", 0, 1), new Token("a", 1, 2));
  }

  @Test
  void charactersOfAPhraseThatChangesItsLengthStandForAllOfIt() {
    Tokenizer characters = characters(Normalization.SIMPLIFIED);
    assertThat(characters.tokenize("吃士多啤梨吧"))
        .containsExactly(
            new Token("吃", 0, 1), new Token("草", 1, 5), new Token("莓", 1, 5), new Token("吧", 5, 6));
    assertThat(
            new ChineseWordTokenizer(Normalizer.of(Normalization.SIMPLIFIED)).tokenize("士多啤梨與筆記"))
        .contains(new Token("草莓", 0, 4), new Token("笔记", 5, 7));
  }

  private static Tokenizer characters(Normalization... steps) {
    return new CharacterTokenizer(Normalizer.of(steps), CharacterTokenizer.WhiteSpace.DROP);
  }

  @Test
  void bothScriptsAtOnceAreRefused() {
    assertThatThrownBy(() -> Normalizer.parse("traditional+nfkc+simplified"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the steps simplified and traditional contradict each other; choose one");
  }
}
