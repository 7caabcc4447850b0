package dev.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.data.DataException;
import dev.carousel.text.HuggingFaceTokenizer.Pieces;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The expected tokens follow from the few pieces that each file has. The library itself is not
 * tested here: offsets, unknown tokens, joining and keeping are.
 */
class HuggingFaceTokenizerTest {
  @TempDir private Path folder;

  private static HuggingFaceTokenizer open(Path file) throws IOException {
    return HuggingFaceTokenizer.load(Normalizer.NONE, Pieces.MARKED, file);
  }

  private HuggingFaceTokenizer wordPiece() throws IOException {
    return open(TokenizerJson.wordPiece(folder.resolve("pieces.json")));
  }

  private HuggingFaceTokenizer bytes(String... merges) throws IOException {
    return open(TokenizerJson.bytes(folder.resolve("bytes.json"), merges));
  }

  @Test
  void tokensAreThoseOfTheFileWithPlacesInTheTextAsItStands() throws IOException {
    // The emoji is two units; the accent is dropped; "truncation" of the file is not heeded.
    assertThat(wordPiece().tokenize("Playing the 👍 café. 我"))
        .containsExactly(
            new Token("play", 0, 4),
            new Token("##ing", 4, 7),
            new Token("the", 8, 11),
            new Token("<unk>", 12, 14),
            new Token("cafe", 15, 19),
            new Token(".", 19, 20),
            new Token("我", 21, 22));
    assertThat(wordPiece().tokenize("")).isEmpty();
    assertThat(wordPiece().tokenize(" \n ")).isEmpty();
  }

  @Test
  void stepsBeforeTheFilesOwnKeepPlacesToo() throws IOException {
    HuggingFaceTokenizer tokenizer =
        HuggingFaceTokenizer.load(
            Normalizer.of(Normalization.NFKC),
            Pieces.MARKED,
            TokenizerJson.wordPiece(folder.resolve("pieces.json")));
    assertThat(tokenizer.tokenize("ｔｈｅ ㎏ the"))
        .containsExactly(new Token("the", 0, 3), new Token("<unk>", 4, 5), new Token("the", 6, 9));
  }

  @Test
  void aMarkThatWasAddedSharesTheStretchBehindIt() throws IOException {
    HuggingFaceTokenizer tokenizer = open(TokenizerJson.unigram(folder.resolve("u.json")));
    assertThat(tokenizer.tokenize("cats x"))
        .containsExactly(
            new Token("▁", 0, 1),
            new Token("ca", 0, 2),
            new Token("t", 2, 3),
            new Token("s", 3, 4),
            new Token("▁", 4, 5),
            new Token("<unk>", 5, 6));
    assertThat(tokenizer.decode(tokenizer.words("the cats the"))).isEqualTo("the cats the");
  }

  @Test
  void bytesOfACharacterShareItsStretch() throws IOException {
    List<Token> tokens = bytes("a b", "Ġ ab").tokenize("ab ab👍");
    assertThat(tokens).hasSize(6);
    assertThat(tokens.subList(0, 2)).containsExactly(new Token("ab", 0, 2), new Token("Ġab", 2, 5));
    assertThat(tokens.subList(2, 6)).allMatch(t -> t.start() == 5 && t.end() == 7);
  }

  @Test
  void seed8_whatIsCutIsPutTogetherAgainAtOnceAndPieceByPiece() throws IOException {
    HuggingFaceTokenizer tokenizer = bytes("o r", "Ġ a", "W or", "æ Ī");
    Random random = new Random(8);
    for (int i = 0; i < 1_000; i++) {
      String text = TokenizerPropertiesTest.randomText(random);
      List<String> words = tokenizer.words(text);
      String expected = CodePoints.of(text).wellFormed();
      assertThat(tokenizer.decode(words)).isEqualTo(expected);
      HuggingFaceWriter writer = tokenizer.writer();
      StringBuilder written = new StringBuilder();
      words.forEach(word -> written.append(writer.add(word)));
      assertThat(written.append(writer.end())).as(text).hasToString(expected);
    }
  }

  @Test
  void seed9_tokensCoverTheTextInOrderAndCutNoSurrogatePair() throws IOException {
    HuggingFaceTokenizer tokenizer = bytes("o r", "Ġ a");
    Random random = new Random(9);
    for (int i = 0; i < 1_000; i++) {
      String text = TokenizerPropertiesTest.randomText(random);
      Token last = new Token("", 0, 0);
      for (Token token : tokenizer.tokenize(text)) {
        assertThat(token.start()).as(text).isGreaterThanOrEqualTo(last.start());
        assertThat(token.start()).as(text).isLessThanOrEqualTo(last.end());
        assertThat(token.end()).as(text).isGreaterThanOrEqualTo(last.end());
        assertThat(token.start()).as(text).isLessThan(token.end());
        assertThat(cutsAPair(text, token.start()) || cutsAPair(text, token.end())).isFalse();
        last = token;
      }
      assertThat(last.end()).as(text).isEqualTo(text.length());
    }
  }

  private static boolean cutsAPair(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
  }

  @Test
  void unknownTokensAreWrittenAsTheFileHasThemOrAsTheyAre() throws IOException {
    assertThat(wordPiece().decode(List.of("play", "##ing", "<unk>", ".")))
        .isEqualTo("playing [UNK].");
    assertThat(bytes().decode(List.of("a", "<unk>", "b"))).isEqualTo("a<unk>b");
  }

  @Test
  void plainPiecesAreTheTextAsItStandsWithoutBlanks() throws IOException {
    Path file = TokenizerJson.bytes(folder.resolve("bytes.json"), "a b", "Ġ ab");
    Tokenizer plain = HuggingFaceTokenizer.load(Normalizer.NONE, Pieces.PLAIN, file);
    assertThat(plain.tokenize("ab ab 👍"))
        .containsExactly(new Token("ab", 0, 2), new Token("ab", 3, 5), new Token("👍", 6, 8));
  }

  @Test
  void theFileIsKeptAndReadAgain() throws IOException {
    Path saved = Files.createDirectory(folder.resolve("model"));
    HuggingFaceTokenizer tokenizer = wordPiece();
    TokenizerSpec spec = tokenizer.save(saved);
    assertThat(spec).isEqualTo(new TokenizerSpec("hf", "none", "marked", "tokenizer.json"));
    assertThat(saved.resolve("tokenizer.json"))
        .hasSameTextualContentAs(folder.resolve("pieces.json"));
    Tokenizer again = spec.open(saved);
    assertThat(again.tokenize("playing the café"))
        .isEqualTo(tokenizer.tokenize("playing the café"));
    assertThat(again.describe()).isEqualTo(tokenizer.describe()).matches("hf:[0-9a-f]{12}");
    assertThat(bytes().describe()).isNotEqualTo(tokenizer.describe());
  }

  @Test
  void whatIsNoTokenizerIsRefusedByName() throws IOException {
    Path file = folder.resolve("bad.json");
    for (String text : List.of("", "{\"version\": ", "[1]", "{\"model\": {\"type\": \"Foo\"}}")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> open(file))
          .as(text)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("bad.json")
          .hasMessageContaining("is no ");
    }
    assertThatThrownBy(() -> open(folder.resolve("absent.json")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("absent.json");
  }

  @Test
  void manyThreadsGetTheSameTokens() throws IOException {
    HuggingFaceTokenizer tokenizer = wordPiece();
    List<Token> alone = tokenizer.tokenize("playing the café 👍.");
    assertThat(
            IntStream.range(0, 2_000)
                .parallel()
                .allMatch(i -> tokenizer.tokenize("playing the café 👍.").equals(alone)))
        .isTrue();
  }

  @Test
  void withoutTheLibraryAnErrorSaysWhatToAdd() throws Exception {
    List<URL> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!new File(entry).getName().startsWith("tokenizers-")) {
        jars.add(url(entry));
      }
    }
    try (URLClassLoader without =
        new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> type = without.loadClass(TokenizerSpec.class.getName());
      Object spec =
          type.getConstructor(String.class, String.class, String.class, String.class)
              .newInstance("hf", "none", "marked", "tokenizer.json");
      assertThatThrownBy(() -> type.getMethod("open", Path.class).invoke(spec, folder))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("add the artifact ai.djl.huggingface:tokenizers");
    }
  }

  private static URL url(String path) throws MalformedURLException {
    return Path.of(path).toUri().toURL();
  }
}
