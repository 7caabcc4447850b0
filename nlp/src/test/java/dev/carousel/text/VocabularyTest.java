package dev.carousel.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.carousel.data.DataException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {
  @TempDir private Path folder;

  @Test
  void idsGoByFallingCountThenStringOrder() {
    Vocabulary vocabulary =
        new VocabularyBuilder().add(List.of("b", "c", "a", "c", "d", "b", "<unk>")).build();
    assertThat(vocabulary.tokens()).containsExactly("<pad>", "<unk>", "b", "c", "a", "d");
    assertThat(vocabulary.id("c")).isEqualTo(3);
    assertThat(vocabulary.token(3)).isEqualTo("c");
    assertThat(vocabulary.id("zzz")).isEqualTo(Vocabulary.UNK_ID);
    assertThat(vocabulary.contains("zzz")).isFalse();
    assertThat(vocabulary.encode(List.of("a", "zzz", "<pad>"))).containsExactly(4, 1, 0);
  }

  @Test
  void rareTokensAndTokensBeyondTheSizeAreLeftOut() {
    VocabularyBuilder builder =
        new VocabularyBuilder().add(List.of("a", "a", "b", "b", "c")).reserve(Reserved.EOS);
    assertThat(builder.minCount(2).build().tokens())
        .containsExactly("<pad>", "<unk>", "<eos>", "a", "b");
    assertThat(builder.minCount(1).maxSize(4).build().tokens())
        .containsExactly("<pad>", "<unk>", "<eos>", "a");
  }

  @Test
  void reservedTokensHaveIdsOnlyIfAskedFor() {
    Vocabulary all = new VocabularyBuilder().reserve(Reserved.EOS, Reserved.BOS).build();
    assertThat(all.id(Reserved.BOS)).isEqualTo(2);
    assertThat(all.id(Reserved.EOS)).isEqualTo(3);
    assertThatThrownBy(() -> new VocabularyBuilder().build().id(Reserved.EOS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the vocabulary was built without <eos>");
  }

  @Test
  void seed9_everyTokenOfALargeVocabularyIsFound() {
    List<String> tokens =
        new Random(9).ints(50_000).distinct().mapToObj(Integer::toString).toList();
    Vocabulary vocabulary = new VocabularyBuilder().add(tokens).build();
    IntStream.range(0, vocabulary.size())
        .forEach(id -> assertThat(vocabulary.id(vocabulary.token(id))).isEqualTo(id));
    assertThat(tokens).allMatch(vocabulary::contains);
  }

  @Test
  void lookingUpTokensAllocatesNothing() {
    List<String> tokens = IntStream.range(0, 1_000).mapToObj(Integer::toString).toList();
    Vocabulary vocabulary = new VocabularyBuilder().add(tokens.subList(0, 500)).build();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = sumOfIds(vocabulary, tokens);
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int round = 0; round < 100; round++) {
      sum += sumOfIds(vocabulary, tokens);
    }
    // 100,000 lookups; the meter itself may take a little.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    assertThat(sum).isEqualTo(101 * (500 * 501L / 2 + 500 + 500));
  }

  private static long sumOfIds(Vocabulary vocabulary, List<String> tokens) {
    long sum = 0;
    for (int i = 0; i < tokens.size(); i++) {
      sum += vocabulary.id(tokens.get(i));
    }
    return sum;
  }

  @Test
  void anyTokenSurvivesTheFile() throws IOException {
    List<String> tokens =
        List.of(
            "\n",
            "\r",
            "\t",
            "\\",
            "\\n",
            " ",
            "\uFEFF",
            "\u2028",
            "\0",
            "\uD800",
            "x\uDC00y",
            "𠮷",
            "é",
            "a\r\n",
            "#",
            "\u0085");
    Vocabulary vocabulary = new VocabularyBuilder().add(tokens).build();
    Path file = folder.resolve("vocabulary.txt");
    vocabulary.save(file);
    assertThat(Vocabulary.load(file)).isEqualTo(vocabulary);
    assertThat(Vocabulary.load(file).tokens()).containsAll(tokens);
    assertThat(folder.toFile().list()).containsExactly("vocabulary.txt");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <pad>;<unk>;a;b;a     | :5: the token of line 3 again: 'a'
          <pad>;a;<unk>         | :2: expected the reserved token <unk>
          a;<pad>;<unk>         | :1: expected the reserved token <pad>
          <pad>;<unk>;;b        | :3: an empty line
          <pad>;<unk>;a\\x      | :3: a bad escape
          <pad>;<unk>;a\\       | :3: a bad escape
          <pad>;<unk>;\\u12     | :3: a bad escape
          <pad>;<unk>;\\u12g4   | :3: a bad escape
          <pad>                 | : a vocabulary starts with the lines <pad> and <unk>
          """)
  void aBadFileIsNamedByLine(String lines, String problem) throws IOException {
    Path file = Files.writeString(folder.resolve("v.txt"), lines.replace(';', '\n'));
    assertThatThrownBy(() -> Vocabulary.load(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + problem);
  }

  @Test
  void seed8_aMutatedFileIsReadOrRefused() throws IOException {
    Random random = new Random(8);
    Path file = folder.resolve("v.txt");
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = "<pad>\n<unk>\nab\n\\n\n\\u0000\n文\n".getBytes(StandardCharsets.UTF_8);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
      }
      Files.write(file, bytes);
      try {
        Vocabulary.load(file);
      } catch (DataException expected) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 2_999);
  }

  @Test
  void badArgumentsAreRefused() {
    assertThatThrownBy(() -> new VocabularyBuilder().add(List.of("")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new VocabularyBuilder().minCount(0)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> new VocabularyBuilder().maxSize(3)).hasMessageContaining("not 3");
    assertThatThrownBy(() -> new VocabularyBuilder().build().token(2))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("id 2 is not in the vocabulary of 2 tokens");
    assertThatThrownBy(() -> new Vocabulary(new ArrayList<>(List.of("a", "b"))))
        .hasMessageContaining("must start with <pad> and <unk>");
  }
}
