package dev.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.text.CharacterTokenizer.WhiteSpace;
import dev.carousel.text.WordTokenizer.Contractions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
    "頭髮",
    "头发",
    "士多啤梨",
    "㑮",
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

  static List<Normalizer> normalizers() {
    List<Normalizer> all = new ArrayList<>(List.of(Normalizer.NONE));
    for (Normalization step : Normalization.values()) {
      all.add(Normalizer.of(step));
    }
    all.add(Normalizer.of(NormalizerTest.allBut(Normalization.TRADITIONAL)));
    all.add(Normalizer.of(NormalizerTest.allBut(Normalization.SIMPLIFIED)));
    return all;
  }

  private static BpeTokenizer subwords(Normalizer normalizer) {
    BpeTrainer trainer = new BpeTrainer(normalizer);
    Random random = new Random(4);
    for (int i = 0; i < 200; i++) {
      trainer.add(randomText(random));
    }
    return trainer.train(60, 2);
  }

  static List<Tokenizer> tokenizers() {
    List<Tokenizer> all = new ArrayList<>();
    for (Normalizer normalizer : normalizers()) {
      all.add(new WordTokenizer(normalizer, Contractions.SPLIT));
      all.add(new WordTokenizer(normalizer, Contractions.KEEP));
      all.add(new ChineseWordTokenizer(normalizer));
      all.add(new WhitespaceTokenizer(normalizer));
      all.add(new CharacterTokenizer(normalizer, WhiteSpace.DROP));
      all.add(new CharacterTokenizer(normalizer, WhiteSpace.KEEP));
      all.add(subwords(normalizer));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void seed5_tokensAreStretchesOfTheTextBetweenWholeCharacters(Tokenizer tokenizer) {
    Random random = new Random(5);
    boolean asItStands =
        tokenizer.spec().normalizer().equals("none") && !(tokenizer instanceof BpeTokenizer);
    for (int i = 0; i < 500; i++) {
      String text = randomText(random);
      Set<Integer> boundaries = boundaries(text);
      Token last = new Token("", 0, 0);
      for (Token token : tokenizer.tokenize(text)) {
        assertThat(token.text()).as(text).isNotEmpty();
        assertThat(token.start()).as(text).isLessThan(token.end());
        assertThat(boundaries).as(text).contains(token.start(), token.end());
        assertThat(token.start()).as(text).isGreaterThanOrEqualTo(last.start());
        assertThat(token.end()).as(text).isGreaterThanOrEqualTo(last.end());
        if (!mayShareCharacters(tokenizer)) {
          assertThat(token.start()).as(text).isGreaterThanOrEqualTo(last.end());
        }
        if (asItStands) {
          assertThat(text.substring(token.start(), token.end())).isEqualTo(token.text());
        }
        last = token;
      }
    }
  }

  /** Where one character, or one phrase, may become several; and a mark that was put in front. */
  private static boolean mayShareCharacters(Tokenizer tokenizer) {
    return tokenizer instanceof BpeTokenizer
        || tokenizer.spec().normalizer().matches(".*(nfkc|simplified).*");
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void seed7_tokensCoverAllThatIsNotBlank(Tokenizer tokenizer) {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      String text = randomText(random);
      int covered = 0;
      for (Token token : tokenizer.tokenize(text)) {
        if (token.start() > covered) {
          assertBlank(text, covered, token.start());
        }
        covered = Math.max(covered, token.end());
      }
      assertBlank(text, covered, text.length());
    }
  }

  private static void assertBlank(String text, int start, int end) {
    assertThat(text.substring(start, end).codePoints())
        .as("what lies between tokens of '%s'", text)
        .allMatch(Characters::isBlank);
  }

  static List<Tokenizer> tokenizersWithoutFiles() {
    return tokenizers().stream().filter(t -> t.spec().file().isEmpty()).toList();
  }

  @ParameterizedTest
  @MethodSource("tokenizersWithoutFiles")
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
