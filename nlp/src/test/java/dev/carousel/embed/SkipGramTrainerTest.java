package dev.carousel.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.data.DataException;
import dev.carousel.text.ChineseWordTokenizer;
import dev.carousel.text.Normalizer;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.WhitespaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SkipGramTrainerTest {
  private static final Tokenizer SPACES = new WhitespaceTokenizer(Normalizer.NONE);

  @TempDir private Path folder;

  private static SkipGramSettings settings(int epochs, int threads) {
    return new SkipGramSettings(
        16, 4, 4, 0, 2, new SkipGramSettings.Passes(epochs, 0.05, threads, 1));
  }

  private LearnedVectors learn(int threads, int epochs) throws IOException {
    Path text = Planted.write(folder.resolve("text.txt"), 3000, 1);
    return new SkipGramTrainer(settings(epochs, threads), SPACES, epoch -> {}).fit(text);
  }

  private VectorTable table(LearnedVectors vectors) throws IOException {
    Path file = folder.resolve("words.vec");
    VectorFile.TEXT.write(vectors, file);
    return VectorTable.read(file, Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void wordsThatStandAmongTheSameWordsComeOutAlike(int threads) throws IOException {
    VectorTable table = table(learn(threads, 12));
    for (int pair = 0; pair < Planted.PAIRS; pair++) {
      List<Neighbour> nearest = VectorQuery.parse("a" + pair).nearest(table, 1);
      assertThat(nearest).extracting(Neighbour::word).containsExactly("b" + pair);
    }
  }

  @Test
  void oneThreadGivesTheSameBitsAndTheLossFalls() throws IOException {
    List<Double> losses = new ArrayList<>();
    Path text = Planted.write(folder.resolve("text.txt"), 500, 2);
    SkipGramTrainer trainer =
        new SkipGramTrainer(settings(4, 1), SPACES, epoch -> losses.add(epoch.loss()));
    LearnedVectors first = trainer.fit(text);
    LearnedVectors second = trainer.fit(text);
    assertThat(second.rows()).isDeepEqualTo(first.rows());
    assertThat(losses.subList(4, 8)).isEqualTo(losses.subList(0, 4));
    // before the first step every score is 0, so the loss is 5 ln 2 = 3.47
    assertThat(losses.get(0)).isLessThan(5 * Math.log(2) + 0.01).isGreaterThan(losses.get(3));
  }

  @Test
  void shardsTogetherAreTheText() throws IOException {
    Path text = Planted.write(folder.resolve("text.txt"), 100, 3);
    try (EncodedText encoded = EncodedText.of(text, SPACES, 1)) {
      List<String> lines = Files.readAllLines(text);
      for (int shards : new int[] {1, 2, 7, 99, 300}) {
        List<String> read = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
          EncodedText.Sentences sentences = encoded.sentences(shard, shards);
          while (sentences.hasNext()) {
            List<String> words = new ArrayList<>();
            for (int id : sentences.next()) {
              words.add(encoded.vocabulary().token(id));
            }
            read.add(String.join(" ", words));
          }
          assertThat(sentences.progress()).isEqualTo(1);
        }
        assertThat(read).as(shards + " shards").isEqualTo(lines);
      }
    }
  }

  @Test
  void longLinesAreSeveralSentencesAndRareWordsAreNotThere() throws IOException {
    String line = String.join(" ", Collections.nCopies(1200, "many")) + " rare few few";
    Path text = Files.writeString(folder.resolve("text.txt"), "\n" + line + "\n\n");
    try (EncodedText encoded = EncodedText.of(text, SPACES, 2)) {
      assertThat(encoded.vocabulary().tokens()).containsExactly("<pad>", "<unk>", "many", "few");
      assertThat(encoded.words().total()).isEqualTo(1202);
      EncodedText.Sentences sentences = encoded.sentences(0, 1);
      assertThat(sentences.next()).hasSize(1000).containsOnly(2);
      assertThat(sentences.next()).hasSize(202).endsWith(2, 3, 3);
      assertThat(sentences.hasNext()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFormatIsReadAsTheSameFloats(VectorFile kind) throws IOException {
    LearnedVectors vectors = learn(1, 1);
    Path file = folder.resolve("vectors");
    kind.write(vectors, file);
    List<String> words = vectors.vocabulary().tokens();
    WordVectors read = VectorReader.read(file, words);
    assertThat(read.report().read()).isEqualTo(vectors.count());
    assertThat(read.report().bad()).isZero();
    for (int id = 2; id < words.size(); id++) {
      assertThat(read.vector(words.get(id))).containsExactly(vectors.rows()[id]);
    }
  }

  @Test
  void chineseIsCutByTheDictionary() throws IOException {
    Path text =
        Files.write(folder.resolve("zh.txt"), Collections.nCopies(20, "我爱自然语言处理。北京是中国的首都。"));
    LearnedVectors vectors =
        new SkipGramTrainer(settings(1, 1), new ChineseWordTokenizer(Normalizer.NONE), epoch -> {})
            .fit(text);
    assertThat(vectors.vocabulary().tokens()).contains("北京", "中国", "首都");
    assertThat(table(vectors).find("北京")).isEqualTo("北京");
  }

  @Test
  void whatIsNoTextIsNamedByItsLine() throws IOException {
    Path text = Files.write(folder.resolve("bad.txt"), new byte[] {'a', '\n', (byte) 0xC3, '\n'});
    assertThatThrownBy(() -> EncodedText.of(text, SPACES, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("bad.txt:2: malformed UTF-8");
    Path short1 = Files.writeString(folder.resolve("short.txt"), "one two three\n");
    assertThatThrownBy(() -> EncodedText.of(short1, SPACES, 2))
        .hasMessageContaining("fewer than two words occur 2 times");
    assertThatThrownBy(() -> EncodedText.of(folder.resolve("none"), SPACES, 2))
        .hasMessageContaining("no such file");
  }
}
