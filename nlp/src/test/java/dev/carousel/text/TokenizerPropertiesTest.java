package dev.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.text.CharacterTokenizer.WhiteSpace;
import dev.carousel.text.WordTokenizer.Contractions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every tokenizer on every text, well formed or not. */
class TokenizerPropertiesTest {
  private static final String[] PIECES = {
    "a",
    "Word",
    "don't",
    "’",
    "'",
    " ",
    "\t",
    "\u3000",
    "\r\n",
    ".",
    "...",
    "-",
    "--",
    "12",
    ",",
    "3.5",
    "#",
    "@",
    "http://",
    "www.",
    "x@y.org",
    "我",
    "カ",
    "ー",
    "한",
    "\u1112",
    "\u1161",
    "e\u0301",
    "\u0301",
    "\u200D",
    "\uFE0F",
    "👍",
    "🏽",
    "👨‍👩‍👧",
    "\uD83C\uDDEF",
    "\uD800",
    "\uDC00",
    "𠮷",
    "½",
    "\u00AD",
    "\uFEFF",
    "\0",
    "ﬁ",
    "㎏",
    "ﷺ",
    "İ",
    "¨",
    "(",
    ")",
    "\u2028",
    "นี่"
  };

  static List<Tokenizer> tokenizers() {
    return List.of(
        new WordTokenizer(Normalizer.NONE, Contractions.SPLIT),
        new WordTokenizer(Normalizer.NONE, Contractions.KEEP),
        new ChineseWordTokenizer(Normalizer.NONE),
        new WhitespaceTokenizer(Normalizer.NONE),
        new CharacterTokenizer(Normalizer.NONE, WhiteSpace.DROP),
        new CharacterTokenizer(Normalizer.NONE, WhiteSpace.KEEP),
        new WordTokenizer(Normalizer.of(Normalization.values()), Contractions.SPLIT),
        new WhitespaceTokenizer(Normalizer.of(Normalization.values())),
        new CharacterTokenizer(Normalizer.of(Normalization.values()), WhiteSpace.KEEP));
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void seed5_tokensAreStretchesOfTheTextBetweenWholeCharacters(Tokenizer tokenizer) {
    Random random = new Random(5);
    boolean normalizes = !tokenizer.spec().normalizer().equals("none");
    for (int i = 0; i < 3_000; i++) {
      String text = randomText(random);
      List<Token> tokens = tokenizer.tokenize(text);
      Set<Integer> boundaries = boundaries(text);
      int last = 0;
      for (Token token : tokens) {
        assertThat(token.text()).isNotEmpty();
        if (normalizes) {
          assertThat(token.start()).isBetween(0, token.end() - 1);
        } else {
          assertThat(token.start()).isGreaterThanOrEqualTo(last);
          assertThat(boundaries).contains(token.start(), token.end());
          assertThat(text.substring(token.start(), token.end())).isEqualTo(token.text());
          assertThat(text.substring(last, token.start()).codePoints())
              .allMatch(Characters::isBlank);
        }
        last = token.end();
      }
      assertThat(last).isLessThanOrEqualTo(text.length());
    }
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void seed6_aSpecMakesTheSameTokenizerAgain(Tokenizer tokenizer) throws IOException {
    Tokenizer again = tokenizer.spec().open(Path.of("."));
    assertThat(again.spec()).isEqualTo(tokenizer.spec());
    Random random = new Random(6);
    for (int i = 0; i < 200; i++) {
      String text = randomText(random);
      assertThat(again.tokenize(text)).isEqualTo(tokenizer.tokenize(text));
    }
  }

  @Test
  void unknownKindsAndOptionsListTheKnownOnes() {
    Path here = Path.of(".");
    assertThatThrownBy(() -> new TokenizerSpec("words", "none", "", "").open(here))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no tokenizer kind 'words'; known kinds: word, chinese-word");
    assertThatThrownBy(() -> new TokenizerSpec("word", "none", "cut", "").open(here))
        .hasMessage("no option 'cut' for the tokenizer kind 'word'; known options: split, keep");
  }

  @Test
  void whiteSpaceIsKeptOrDroppedByTheCharacterTokenizer() {
    String text = "a b\n\u3000c";
    assertThat(new CharacterTokenizer(Normalizer.NONE, WhiteSpace.KEEP).words(text))
        .containsExactly("a", " ", "b", "\n", "\u3000", "c");
    assertThat(new CharacterTokenizer(Normalizer.NONE, WhiteSpace.DROP).words(text))
        .containsExactly("a", "b", "c");
  }

  @Test
  void tokenisedTextIsCutAtWhiteSpaceOnly() {
    assertThat(new WhitespaceTokenizer(Normalizer.NONE).words(" it 's  a gob , n't\tit\n"))
        .containsExactly("it", "'s", "a", "gob", ",", "n't", "it");
  }

  static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(12); n > 0; n--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  static Set<Integer> boundaries(String text) {
    Set<Integer> boundaries = new HashSet<>(Set.of(0));
    for (int at = 0; at < text.length(); ) {
      at = Graphemes.next(text, at);
      boundaries.add(at);
    }
    return boundaries;
  }
}
