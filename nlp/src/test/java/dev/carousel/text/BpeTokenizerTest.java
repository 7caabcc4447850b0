package dev.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.data.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BpeTokenizerTest {
  private static final String[] SYLLABLES = {
    "lo", "w", "er", "est", "new", "wid", "我们", "'s", "12", "!"
  };

  @TempDir private Path folder;

  @Test
  void theWorkedExampleOfThePaper() throws IOException {
    // Sennrich et al. 2016, algorithm 1: low ×5, lower ×2, newest ×6, widest ×3. There es, est and
    // lo, low come first; here ties go by string order and a word starts with ▁.
    BpeTrainer trainer = new BpeTrainer(Normalizer.NONE);
    Map.of("low", 5, "lower", 2, "newest", 6, "widest", 3)
        .forEach(
            (word, count) ->
                trainer.add(String.join("\n", java.util.Collections.nCopies(count, " " + word))));
    trainer.train(4, 2).save(folder);
    assertThat(Files.readAllLines(folder.resolve("bpe.txt")).subList(0, 3))
        .containsExactly("carousel-bpe 1 4", "e s", "es t");
  }

  @Test
  void tiesGoByStringOrderSoTrainingIsDeterministic() throws IOException {
    BpeTokenizer tokenizer = new BpeTrainer(Normalizer.NONE).add("cd ab").train(1, 1);
    // The pairs ▁c, cd, ▁a, ab occur once each; a comes before c and before ▁.
    assertThat(tokenizer.words("cd ab")).containsExactly("▁", "c", "d", "▁", "ab");
  }

  @Test
  void seed4_theIndexLearnsWhatPlainCountingLearns() throws IOException {
    Random random = new Random(4);
    for (int round = 0; round < 20; round++) {
      BpeTrainer trainer = new BpeTrainer(Normalizer.NONE);
      Map<String, Long> counts = new TreeMap<>();
      for (int i = 0; i < 60; i++) {
        String word = word(random);
        trainer.add(" " + word);
        BpePieces.of("\n " + word).stream()
            .skip(1)
            .forEach(piece -> counts.merge(piece.text(), 1L, Long::sum));
      }
      trainer.train(40, 2).save(folder);
      List<String> lines = Files.readAllLines(folder.resolve("bpe.txt"));
      assertThat(lines.subList(1, lines.size())).isEqualTo(plainCounting(counts, 40, 2));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The lower widest",
        " leading and  double   spaces ",
        "   ",
        "",
        "tab\tnew\n\nline",
        "\n",
        "我们 newest我们！",
        "e\u0301 👨‍👩‍👧 x",
        "\u0301lone mark",
        " \u0308 x",
        "don't, \"low\"...",
        "\uD800 lone"
      })
  void decodingGivesTheTextBack(String text) {
    BpeTokenizer tokenizer = trained(100);
    assertThat(BpeTokenizer.decode(tokenizer.words(text))).isEqualTo(text);
  }

  @Test
  void seed3_decodingGivesRandomTextBackAndTokensCoverItInOrder() {
    BpeTokenizer tokenizer = trained(100);
    Random random = new Random(3);
    for (int i = 0; i < 3_000; i++) {
      String text = TokenizerPropertiesTest.randomText(random) + word(random);
      List<Token> tokens = tokenizer.tokenize(text);
      assertThat(BpeTokenizer.decode(tokens.stream().map(Token::text).toList())).isEqualTo(text);
      boolean[] covered = new boolean[text.length()];
      int last = 0;
      for (Token token : tokens) {
        assertThat(token.start()).isBetween(0, token.end() - 1);
        assertThat(token.end()).isGreaterThanOrEqualTo(last);
        assertThat(TokenizerPropertiesTest.boundaries(text)).contains(token.start(), token.end());
        java.util.Arrays.fill(covered, token.start(), token.end(), true);
        last = token.end();
      }
      assertThat(covered).doesNotContain(false);
    }
  }

  @Test
  void offsetsIncludeTheSpaceThatTheMarkStandsFor() {
    BpeTokenizer tokenizer = new BpeTrainer(Normalizer.NONE).add("ab ab ab").train(5, 2);
    assertThat(tokenizer.tokenize("ab abc"))
        .containsExactly(new Token("▁ab", 0, 2), new Token("▁ab", 2, 5), new Token("c", 5, 6));
    // The added mark stands alone here and shares the stretch of the character behind it.
    assertThat(tokenizer.tokenize("c")).containsExactly(new Token("▁", 0, 1), new Token("c", 0, 1));
  }

  @Test
  void frequentTextTakesFewTokensAndUnseenCharactersStayWhole() {
    BpeTokenizer tokenizer = trained(200);
    assertThat(tokenizer.words("newest")).hasSizeLessThan(4);
    assertThat(tokenizer.words("Ж👨‍👩‍👧")).containsExactly("▁", "Ж", "👨‍👩‍👧");
  }

  @Test
  void aSpecAndItsFileMakeTheSameTokenizerAgain() throws IOException {
    BpeTrainer trainer = new BpeTrainer(Normalizer.of(Normalization.LOWER_CASE));
    BpeTokenizer tokenizer =
        trainer.add("Low low \\o \uD800\uD800 \uD800\uD800 \\o \\o").train(20, 2);
    Tokenizer again = tokenizer.save(folder).open(folder);
    String text = "LOW \\o \uD800\uD800";
    assertThat(again.tokenize(text)).isEqualTo(tokenizer.tokenize(text));
    assertThat(again.words(text)).containsExactly("▁low", "▁\\", "o", "▁\uD800\uD800");
    assertThat(folder.toFile().list()).containsExactly("bpe.txt");
    assertThatThrownBy(() -> new TokenizerSpec("bpe", "none", "", "../bpe.txt").open(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be a plain name");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          bpe;a b                          | :1: expected 'carousel-bpe 1 COUNT'
          carousel-bpe 1 9999999           | :1: more than 1048576 merges
          carousel-bpe 1 1;ab              | :2: expected two symbols with one space between
          carousel-bpe 1 1;a  b            | :2: expected two symbols with one space between
          carousel-bpe 1 1;a b;c d         | :3: more lines than the 1 merges
          carousel-bpe 1 2;a b             | : 2 merges promised, 1 found
          carousel-bpe 1 2;a b;a b         | :3: the merge of line 2 again
          carousel-bpe 1 1;ab c            | :2: 'ab' is neither one character nor made by an earlier
          carousel-bpe 1 1;a \\x           | :2: a bad escape
          """)
  void aBadFileIsNamedByLine(String lines, String problem) throws IOException {
    Path file = Files.writeString(folder.resolve("b.txt"), lines.strip().replace(';', '\n'));
    assertThatThrownBy(() -> BpeTokenizer.load(Normalizer.NONE, file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + problem);
  }

  @Test
  void seed12_aMutatedFileIsReadOrRefused() throws IOException {
    Random random = new Random(12);
    Path file = folder.resolve("b.txt");
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = "carousel-bpe 1 3\na b\n▁ ab\nc \\\\\n".getBytes(StandardCharsets.UTF_8);
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
      }
      Files.write(file, bytes);
      try {
        assertThat(BpeTokenizer.load(Normalizer.NONE, file).words("ab c")).isNotEmpty();
      } catch (DataException expected) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 2_999);
  }

  @Test
  @Timeout(60)
  void longTextTakesLinearTime() {
    BpeTokenizer tokenizer = trained(100);
    for (String unit : List.of("a", "low", " ", "我", "'", "\u0301", "\n")) {
      assertThat(tokenizer.tokenize(unit.repeat(200_000))).isNotEmpty();
    }
    Random random = new Random(1);
    BpeTrainer trainer = new BpeTrainer(Normalizer.NONE);
    for (int i = 0; i < 50_000; i++) {
      trainer.add(word(random));
    }
    assertThat(trainer.train(3_000, 2).merges()).isGreaterThan(1_000);
  }

  private static BpeTokenizer trained(int merges) {
    Random random = new Random(2);
    BpeTrainer trainer = new BpeTrainer(Normalizer.NONE);
    for (int i = 0; i < 500; i++) {
      trainer.add(word(random) + " " + word(random));
    }
    return trainer.train(merges, 2);
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
    }
    return word.toString();
  }

  /** Byte-pair encoding as the paper writes it: count everything anew after each merge. */
  private static List<String> plainCounting(Map<String, Long> counts, int merges, long minCount) {
    Map<List<String>, Long> words = new HashMap<>();
    counts.forEach((piece, count) -> words.merge(BpeEncoder.clusters(piece), count, Long::sum));
    List<String> learnt = new ArrayList<>();
    while (learnt.size() < merges) {
      TreeMap<String, Long> pairs = new TreeMap<>();
      words.forEach(
          (word, count) -> {
            for (int i = 1; i < word.size(); i++) {
              pairs.merge(word.get(i - 1) + " " + word.get(i), count, Long::sum);
            }
          });
      String best = null;
      for (String pair : pairs.keySet()) {
        best = best == null || pairs.get(pair) > pairs.get(best) ? pair : best;
      }
      if (best == null || pairs.get(best) < minCount) {
        break;
      }
      if (!learnt.contains(best)) {
        learnt.add(best);
      }
      Map<List<String>, Long> next = new HashMap<>();
      for (Map.Entry<List<String>, Long> word : words.entrySet()) {
        next.merge(merged(word.getKey(), best), word.getValue(), Long::sum);
      }
      words.clear();
      words.putAll(next);
    }
    return learnt;
  }

  private static List<String> merged(List<String> word, String pair) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < word.size(); i++) {
      if (i + 1 < word.size() && pair.equals(word.get(i) + " " + word.get(i + 1))) {
        result.add(word.get(i) + word.get(i + 1));
        i++;
      } else {
        result.add(word.get(i));
      }
    }
    return result;
  }
}
