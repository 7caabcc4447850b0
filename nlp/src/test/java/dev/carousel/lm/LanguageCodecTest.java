package dev.carousel.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.data.Corpus;
import dev.carousel.text.HuggingFaceTokenizer;
import dev.carousel.text.HuggingFaceTokenizer.Pieces;
import dev.carousel.text.Normalizer;
import dev.carousel.text.TokenizerJson;
import dev.carousel.text.WhitespaceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageCodecTest {
  private static final Corpus TREEBANK = Corpus.of("ptb", " no it was n't <unk> \n it was N\n");

  private static List<String> tokens(LanguageCodec codec, int[] ids) {
    return Arrays.stream(ids).mapToObj(codec.vocabulary()::token).toList();
  }

  private static String written(LanguageCodec codec, String text) {
    TextWriter writer = new TextWriter(codec);
    StringBuilder all = new StringBuilder();
    Arrays.stream(codec.encode(text)).forEach(id -> all.append(writer.piece(id)));
    return all.toString();
  }

  @Test
  void wordsEndTheirLineWithATokenAndTheStreamBeginsWithIt() {
    LanguageCodec codec = LanguageCodec.learn(LanguageText.WORDS, TREEBANK);
    assertThat(tokens(codec, codec.stream(TREEBANK)))
        .containsExactly(
            "<eos>", "no", "it", "was", "n't", "<unk>", "<eos>", "it", "was", "N", "<eos>");
    assertThat(codec.vocabulary().tokens())
        .containsExactly("<pad>", "<unk>", "<eos>", "it", "was", "N", "n't", "no");
    assertThat(tokens(codec, codec.encode("was never N"))).containsExactly("was", "<unk>", "N");
  }

  @Test
  void aLastSentenceWithoutALineEndIsEndedAllTheSame() {
    LanguageCodec codec = LanguageCodec.learn(LanguageText.WORDS, TREEBANK);
    assertThat(tokens(codec, codec.stream(Corpus.of("cut", "it was"))))
        .containsExactly("<eos>", "it", "was", "<eos>");
  }

  @Test
  void backwardsAStreamBeginsBelowTheLastLineAndEndsAboveTheFirst() {
    LanguageText backward = LanguageText.CHARACTERS.withReading(Reading.BACKWARD);
    LanguageCodec codec = LanguageCodec.learn(backward, Corpus.of("text", "ab\nc\n"));
    assertThat(tokens(codec, codec.stream(Corpus.of("ended", "ab\nc\n"))))
        .containsExactly("\n", "c", "\n", "b", "a", "\n");
    assertThat(tokens(codec, codec.stream(Corpus.of("open", "ab\nc"))))
        .containsExactly("\n", "c", "\n", "b", "a");
  }

  @Test
  void charactersAreGraphemesAndLineFeedsAmongThem() {
    Corpus text = Corpus.of("text", "a 👩‍👩‍👧e\u0301\n\nb");
    LanguageCodec codec = LanguageCodec.learn(LanguageText.CHARACTERS, text);
    assertThat(tokens(codec, codec.stream(text)))
        .containsExactly("\n", "a", " ", "👩‍👩‍👧", "e\u0301", "\n", "\n", "b");
    // a, space, five code points of a family, e and its accent, two line feeds, b
    assertThat(codec.characters(text)).isEqualTo(12);
    assertThat(written(codec, text.text())).isEqualTo(text.text());
  }

  @ParameterizedTest
  @EnumSource(Level.class)
  void whatIsReadIsWrittenAgain(Level level) {
    Corpus text = Corpus.of("text", "the cat sat\n\non the mat\nthe cat\n");
    LanguageText settings = LanguageText.of(level, Normalizer.NONE);
    LanguageCodec codec =
        LanguageCodec.learn(level == Level.BPE ? settings.withMerges(5) : settings, text);
    assertThat(written(codec, text.text())).isEqualTo(text.text());
    assertThat(written(codec, "sat on the")).isEqualTo("sat on the");
  }

  @Test
  void subwordsAreLearntFromTheText() {
    Corpus text = Corpus.of("text", "low lower lowest\nlow low\n");
    LanguageCodec codec = LanguageCodec.learn(LanguageText.SUBWORDS.withMerges(3), text);
    assertThat(tokens(codec, codec.encode("low lowly\n")))
        .containsExactly("▁low", "▁low", "<unk>", "<unk>", "<eos>");
  }

  @Test
  void subwordsOfAFileAreReadAndWrittenAgain(@TempDir Path folder) throws IOException {
    HuggingFaceTokenizer pieces =
        HuggingFaceTokenizer.load(
            Normalizer.NONE,
            Pieces.MARKED,
            TokenizerJson.bytes(folder.resolve("t.json"), "h e", "t he", "Ġ the"));
    Corpus text = Corpus.of("text", "the cat saw the 猫\n\nthe 👍 naïve cat\n");
    LanguageCodec codec = LanguageCodec.learn(LanguageText.SUBWORDS.withTokenizer(pieces), text);
    assertThat(tokens(codec, codec.encode("the the\n"))).containsExactly("the", "Ġthe", "<eos>");
    assertThat(written(codec, text.text())).isEqualTo(text.text());
    assertThat(written(codec, "the 👍")).isEqualTo("the 👍");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LanguageText.WORDS.withTokenizer(pieces))
        .withMessageContaining("the level must be BPE");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LanguageText.SUBWORDS.withTokenizer(pieces).withMerges(5))
        .withMessageContaining("merges");
  }

  @Test
  void rareTokensAreUnknown() {
    LanguageCodec codec = LanguageCodec.learn(LanguageText.WORDS.withVocabulary(2, 100), TREEBANK);
    assertThat(tokens(codec, codec.encode("no it was"))).containsExactly("<unk>", "it", "was");
  }

  @Test
  void settingsThatWouldBeIgnoredAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LanguageText.WORDS.withMerges(5))
        .withMessageContaining("merges");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> LanguageText.CHARACTERS.withTokenizer(new WhitespaceTokenizer(Normalizer.NONE)))
        .withMessageContaining("keeps white space");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LanguageText.WORDS.withVocabulary(0, 10))
        .withMessageContaining("minCount");
  }
}
