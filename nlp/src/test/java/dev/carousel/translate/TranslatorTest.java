package dev.carousel.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.data.PairSet;
import dev.carousel.data.TextPair;
import dev.carousel.decode.AttentionMaps;
import dev.carousel.decode.BeamSettings;
import dev.carousel.nn.AttentionScore;
import dev.carousel.nn.DecoderSettings.InputFeeding;
import dev.carousel.nn.EncoderDecoderSettings.Tying;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.store.StoreException;
import dev.carousel.text.CharacterTokenizer;
import dev.carousel.text.CharacterTokenizer.WhiteSpace;
import dev.carousel.text.HuggingFaceTokenizer;
import dev.carousel.text.HuggingFaceTokenizer.Pieces;
import dev.carousel.text.Normalizer;
import dev.carousel.text.TokenizerJson;
import dev.carousel.translate.Translation.Candidate;
import dev.carousel.translate.TranslationOptions.UnknownTokens;
import dev.carousel.translate.TranslatorSettings.Languages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TranslatorTest {
  private Backend backend;
  private Translator model;

  @BeforeAll
  void train() {
    backend = Backends.named("reference");
    model =
        Translator.train(Reversal.pairs(500, 1), Reversal.pairs(30, 2), Reversal.tiny(7), backend);
  }

  @AfterAll
  void close() {
    model.close();
    backend.close();
  }

  @Test
  void itLearnsWordsAndTheirOrder() {
    TranslationScores scores = model.evaluate(Reversal.pairs(60, 3), TranslationOptions.DEFAULT);
    assertThat(scores.bleu().score()).isGreaterThan(90);
    assertThat(scores.chrf().score()).isGreaterThan(90);
    assertThat(scores.perplexity()).isLessThan(1.5);
    assertThat(scores.sentences()).isEqualTo(60);
    assertThat(model.translate("one two three").text()).isEqualTo("drei zwei eins");
  }

  @Test
  void attentionLooksAtTheWordThatIsTranslated() {
    Translation t =
        model
            .translate(
                List.of("one two three four"),
                TranslationOptions.GREEDY.withMaps(AttentionMaps.KEPT))
            .get(0);
    AttentionMap map = t.candidates().get(0).map();
    assertThat(t.text()).isEqualTo("vier drei zwei eins");
    assertThat(map.source()).containsExactly("one", "two", "three", "four");
    assertThat(map.target()).containsExactly("vier", "drei", "zwei", "eins", "<eos>");
    for (float[] row : map.weights()) {
      float sum = 0;
      for (float w : row) {
        sum += w;
      }
      assertThat(sum).isCloseTo(1, within(1e-5f));
    }
    assertThat(map.strongest(0)).isEqualTo(3);
    assertThat(map.strongest(3)).isEqualTo(0);
  }

  @Test
  void severalCandidatesComeBestFirst() {
    TranslationOptions four = TranslationOptions.DEFAULT.withBeam(new BeamSettings(6, 0.6, 0.2, 4));
    List<Candidate> found = model.translate(List.of("five six one"), four).get(0).candidates();
    assertThat(found).hasSize(4);
    assertThat(found.get(0).text()).isEqualTo("eins sechs fünf");
    for (int i = 1; i < 4; i++) {
      assertThat(found.get(i).score()).isLessThanOrEqualTo(found.get(i - 1).score());
    }
    assertThat(found.stream().map(Candidate::text).distinct()).hasSize(4);
  }

  @Test
  void manyTextsAreTranslatedAsEachAlone() {
    List<String> texts = Reversal.pairs(30, 4).pairs().stream().map(TextPair::source).toList();
    List<Translation> together = model.translate(texts, TranslationOptions.DEFAULT);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(together.get(i).source()).isEqualTo(texts.get(i));
      assertThat(together.get(i).text()).isEqualTo(model.translate(texts.get(i)).text());
    }
  }

  @Test
  void anEmptyTextStaysEmpty() {
    assertThat(model.translate("").text()).isEmpty();
    assertThat(model.translate("  \t ").text()).isEmpty();
  }

  @Test
  void anUnknownWordIsReplacedByWhatWasLookedAt() {
    // names are copied: each occurs once, so that none is in the target's vocabulary
    List<TextPair> pairs = new ArrayList<>(Reversal.pairs(150, 5).pairs());
    for (int i = 0; i < 100; i++) {
      pairs.add(new TextPair("name" + i + " one", "eins name" + i));
      pairs.add(new TextPair("two name" + (1000 + i), "name" + (1000 + i) + " zwei"));
    }
    TranslatorSettings settings = Reversal.tiny(10);
    Language rare = new Language(settings.text().source().segmentation(), 2, 1000, 24);
    settings = settings.withText(new Languages(rare, rare, VocabularySharing.SEPARATE));
    try (Translator names =
        Translator.train(PairSet.of("names", pairs), Reversal.pairs(20, 6), settings, backend)) {
      List<String> text = List.of("Zoë one");
      assertThat(names.translate(text, TranslationOptions.GREEDY).get(0).text())
          .isEqualTo("eins <unk>");
      TranslationOptions replacing = TranslationOptions.GREEDY.withUnknown(UnknownTokens.REPLACED);
      assertThat(names.translate(text, replacing).get(0).text()).isEqualTo("eins Zoë");
    }
  }

  @Test
  void subwordsAndSharedEmbeddingsSurviveSaving(@TempDir Path folder) {
    Language pieces =
        new Language(new Segmentation.Subwords(Normalizer.parse("none"), 40), 1, 500, 40);
    TranslatorSettings settings =
        Reversal.tiny(2)
            .withText(new Languages(pieces, pieces, VocabularySharing.SHARED))
            .withArchitecture(
                Reversal.tiny(1)
                    .architecture()
                    .withTying(Tying.ALL)
                    .withAttention(AttentionScore.ADDITIVE, InputFeeding.ON));
    try (Translator shared =
        Translator.train(Reversal.pairs(60, 1), Reversal.pairs(8, 2), settings, backend)) {
      shared.withMetrics(Map.of("test.bleu", 12.5)).save(folder.resolve("m"));
      try (Translator loaded = Translator.load(folder.resolve("m"), backend)) {
        List<String> texts = List.of("one two", "six five four", "");
        for (int i = 0; i < texts.size(); i++) {
          assertThat(loaded.translate(texts.get(i)).text())
              .isEqualTo(shared.translate(texts.get(i)).text());
        }
        assertThat(loaded.provenance().metrics()).containsEntry("test.bleu", 12.5);
        assertThat(loaded.size()).isEqualTo(shared.size());
      }
      assertThat(Files.exists(folder.resolve("m/source-bpe.txt"))).isTrue();
      assertThat(Files.exists(folder.resolve("m/target-vocabulary.txt"))).isFalse();
    }
  }

  @Test
  void tokenizersOfBothSidesAreKeptAndPutTextTogether(@TempDir Path folder) throws IOException {
    List<TextPair> pairs = List.of(new TextPair("yes", "ja ja"), new TextPair("no", "ach nein"));
    TranslatorSettings settings =
        Reversal.tiny(60)
            .withText(
                new Languages(
                    fromFile(TokenizerJson.bytes(folder.resolve("s.json"), "n o")),
                    fromFile(
                        TokenizerJson.bytes(
                            folder.resolve("t.json"),
                            "j a",
                            "Ġ ja",
                            "Ġ n",
                            "Ġn e",
                            "Ġne i",
                            "Ġnei n")),
                    VocabularySharing.SEPARATE));
    PairSet all = PairSet.of("answers", pairs);
    try (Translator trained = Translator.train(all, all, settings, backend)) {
      trained.save(folder.resolve("m"));
    }
    assertThat(Files.readString(folder.resolve("m/target-tokenizer.json")))
        .isEqualTo(Files.readString(folder.resolve("t.json")));
    try (Translator loaded = Translator.load(folder.resolve("m"), backend)) {
      assertThat(loaded.translate("yes").text()).isEqualTo("ja ja");
      assertThat(loaded.translate("no").text()).isEqualTo("ach nein");
    }
  }

  private static Language fromFile(Path file) throws IOException {
    return Language.of(
        new Segmentation.Fixed(HuggingFaceTokenizer.load(Normalizer.NONE, Pieces.MARKED, file)));
  }

  @Test
  void charactersAreJoinedWithoutSpaces() {
    List<TextPair> pairs =
        List.of(new TextPair("yes", "是的"), new TextPair("no", "不是"), new TextPair("good", "很好"));
    Language characters =
        Language.of(
            new Segmentation.Fixed(
                new CharacterTokenizer(Normalizer.parse("none"), WhiteSpace.DROP)));
    TranslatorSettings settings =
        Reversal.tiny(60)
            .withText(
                new Languages(
                    Reversal.tiny(1).text().source(), characters, VocabularySharing.SEPARATE));
    PairSet all = PairSet.of("chinese", pairs);
    try (Translator chinese = Translator.train(all, all, settings, backend)) {
      assertThat(chinese.translate("good").text()).isEqualTo("很好");
    }
  }

  @Test
  void scheduledSamplingTrainsAsWell() {
    TranslatorLearning learning = Reversal.tiny(2).learning();
    TranslatorSettings settings =
        Reversal.tiny(2)
            .withLearning(
                new TranslatorLearning(
                    learning.batch(),
                    learning.dropout(),
                    0,
                    new SamplingSchedule(0.5, 1),
                    learning.training()));
    try (Translator sampled =
        Translator.train(Reversal.pairs(200, 1), Reversal.pairs(10, 2), settings, backend)) {
      assertThat(sampled.evaluate(Reversal.pairs(10, 3), TranslationOptions.GREEDY).perplexity())
          .isLessThan(6);
    }
  }

  @Test
  void whatDoesNotFitIsRefused(@TempDir Path folder) throws Exception {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Reversal.tiny(1)
                    .withArchitecture(TranslatorArchitecture.DEFAULT.withTying(Tying.ALL)))
        .withMessageContaining("shared vocabulary");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Translator.train(
                    PairSet.of("none", List.of()), Reversal.pairs(1, 1), Reversal.tiny(1), backend))
        .withMessageContaining("none has no pairs");
    model.save(folder.resolve("m"));
    Path config = folder.resolve("m/config.json");
    Files.writeString(config, Files.readString(config).replace("24", "2400000"));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Translator.load(folder.resolve("m"), backend))
        .withMessageContaining("config.json");
  }
}
