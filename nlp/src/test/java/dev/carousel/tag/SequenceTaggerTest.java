package dev.carousel.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.data.SourceFile;
import dev.carousel.data.TaggedData;
import dev.carousel.data.TaggedSentence;
import dev.carousel.embed.VectorReport;
import dev.carousel.embed.WordVectors;
import dev.carousel.nn.CellVariant;
import dev.carousel.nn.CellWiring;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.store.SafeTensors;
import dev.carousel.store.StoreException;
import dev.carousel.tag.TaggerArchitecture.Recurrence;
import dev.carousel.tag.TaggerArchitecture.SchemeChoice;
import dev.carousel.tag.TaggerArchitecture.WordTable;
import dev.carousel.task.TextClassifier;
import dev.carousel.text.HuggingFaceTokenizer;
import dev.carousel.text.HuggingFaceTokenizer.Pieces;
import dev.carousel.text.Normalizer;
import dev.carousel.text.Token;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.TokenizerJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SequenceTaggerTest {
  private static final TaggedData TRAIN = SyntheticTags.sentences(96, 1);
  private static final TaggedData DEV = SyntheticTags.sentences(24, 2);
  private static Backend backend;
  private static SequenceTagger trained;

  @TempDir private Path directory;

  @BeforeAll
  static void train() {
    backend = Backends.named("reference");
    trained = SequenceTagger.train(TRAIN, DEV, SyntheticTags.tiny(10), backend);
  }

  @AfterAll
  static void close() {
    trained.close();
    backend.close();
  }

  @Test
  void learnsSpansAndIntentsTogether() {
    TaggingEvaluation e = trained.evaluate(SyntheticTags.sentences(40, 3));
    assertThat(e.f1()).isGreaterThan(0.95);
    assertThat(e.intentAccuracy()).isGreaterThan(0.9);
    assertThat(e.figures()).containsKeys("f1", "precision", "recall", "accuracy", "intentAccuracy");
    assertThat(trained.intents()).containsExactly("nobody", "somebody");
  }

  @Test
  void spansCarryTheirPlaceInTheText() {
    String text = "  we saw  Anna Bob, and Linz!";
    assertThat(trained.predict(text).spans())
        .containsExactly(new Span("PER", 10, 18, "Anna Bob"), new Span("LOC", 24, 28, "Linz"));
  }

  @Test
  void aTokenizerJsonCutsPlainTextAndIsKeptWithTheModel() throws IOException {
    Path file = TokenizerJson.bytes(directory.resolve("t.json"), "Ġ s", "Ġs a", "Ġsa w");
    Tokenizer plain = HuggingFaceTokenizer.load(Normalizer.NONE, Pieces.PLAIN, file);
    TaggerSettings settings =
        SyntheticTags.tiny(1).withWords(WordSettings.DEFAULT.withTokenizer(plain));
    try (SequenceTagger model = SequenceTagger.train(TRAIN, DEV, settings, backend)) {
      model.save(directory.resolve("hf"));
    }
    try (SequenceTagger model = SequenceTagger.load(directory.resolve("hf"), backend)) {
      // two letters, a known piece without its space, and a letter
      assertThat(model.predict("we saw 👍").tokens())
          .containsExactly(
              new Token("w", 0, 1),
              new Token("e", 1, 2),
              new Token("saw", 3, 6),
              new Token("👍", 7, 9));
    }
  }

  @Test
  void tokensThatAreGivenAreJoinedBySpaces() {
    Tagging tagging =
        trained.tag(List.of(TaggedSentence.untagged(List.of("saw", "Carla", "today")))).get(0);
    assertThat(tagging.text()).isEqualTo("saw Carla today");
    assertThat(tagging.spans()).containsExactly(new Span("PER", 4, 9, "Carla"));
  }

  @Test
  void aWordThatWasNeverSeenIsKnownByItsShapeAndCharacters() {
    assertThat(trained.predict("we saw Annabob today").tags()).contains("B-PER");
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfCharactersLearnsAndSurvivesADisk(CharacterFeatures kind) {
    CharacterSettings characters = new CharacterSettings(kind, 3, 4, 3);
    learnsAndSurvivesADisk(SyntheticTags.tiny(3).architecture().withCharacters(characters));
  }

  @ParameterizedTest
  @EnumSource
  void everyDecoderLearnsAndSurvivesADisk(TagDecoder decoder) {
    learnsAndSurvivesADisk(SyntheticTags.tiny(3).architecture().withDecoder(decoder));
  }

  @ParameterizedTest
  @EnumSource
  void everySchemeAnswersInTheDatas(SchemeChoice scheme) {
    SequenceTagger model =
        learnsAndSurvivesADisk(SyntheticTags.tiny(3).architecture().withScheme(scheme));
    assertThat(model.scheme()).isEqualTo(TagScheme.BIO);
  }

  @Test
  void aGruOfTwoLayersLearnsAndSurvivesADisk() {
    learnsAndSurvivesADisk(
        SyntheticTags.tiny(3)
            .architecture()
            .withRecurrent(new Recurrence(Cell.GRU, Direction.BIDIRECTIONAL, 2, 6)));
  }

  @Test
  void aVariantOfCellsLearnsAndSurvivesADisk() {
    CellVariant variant =
        CellVariant.of(CellWiring.LAYER_NORM).withDropout(0.05, 0).withZoneout(0.05, 0.05);
    learnsAndSurvivesADisk(
        SyntheticTags.tiny(3)
            .architecture()
            .withRecurrent(new Recurrence(Cell.LSTM, Direction.BIDIRECTIONAL, 1, 8, variant)));
  }

  @Test
  void selfAttentionLearnsAndSurvivesADisk() {
    learnsAndSurvivesADisk(SyntheticTags.tiny(3).architecture().withAttentionHeads(4));
    TaggerSettings tiny = SyntheticTags.tiny(1);
    TaggerSettings odd = tiny.withArchitecture(tiny.architecture().withAttentionHeads(3));
    assertThatThrownBy(() -> SequenceTagger.train(TRAIN, DEV, odd, backend))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16 features");
  }

  private SequenceTagger learnsAndSurvivesADisk(TaggerArchitecture architecture) {
    TaggerSettings settings = SyntheticTags.tiny(3).withArchitecture(architecture);
    Path folder = directory.resolve("model");
    try (SequenceTagger model = SequenceTagger.train(TRAIN, DEV, settings, backend)) {
      assertThat(model.evaluate(DEV).f1()).isGreaterThan(0.5);
      model.save(folder);
      try (SequenceTagger loaded = SequenceTagger.load(folder, backend)) {
        assertThat(loaded.tag(DEV.sentences())).isEqualTo(model.tag(DEV.sentences()));
        assertThat(loaded.tag(DEV.sentences()))
            .allSatisfy(t -> assertThat(t.tags()).isEqualTo(TagScheme.BIO.convert(t.tags())));
        return loaded;
      }
    }
  }

  @Test
  void furtherColumnsHaveEmbeddingsOfTheirOwnAndAreAskedFor() {
    TaggedData train = withColumn(TRAIN);
    TaggedData dev = withColumn(DEV);
    try (SequenceTagger model = SequenceTagger.train(train, dev, SyntheticTags.tiny(3), backend)) {
      assertThat(model.features()).containsExactly("hint");
      assertThat(model.evaluate(dev).f1()).isGreaterThan(0.9);
      assertThatThrownBy(() -> model.predict("Anna"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("hint");
      assertThatThrownBy(() -> model.evaluate(DEV))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("hint");
      model.save(directory.resolve("columns"));
      try (SequenceTagger loaded = SequenceTagger.load(directory.resolve("columns"), backend)) {
        assertThat(loaded.tag(dev.sentences())).isEqualTo(model.tag(dev.sentences()));
      }
    }
  }

  /** The tag without its prefix as a column: what makes learning easy. */
  private static TaggedData withColumn(TaggedData data) {
    List<TaggedSentence> all = new ArrayList<>();
    for (TaggedSentence s : data.sentences()) {
      List<String> hints = s.tags().stream().map(t -> t.replaceAll("^[BI]-", "")).toList();
      all.add(new TaggedSentence(s.tokens(), List.of(hints), s.tags(), null));
    }
    return new TaggedData(data.name(), List.of("hint"), all, List.of());
  }

  @Test
  void plainTagsAreMeasuredByAccuracy() {
    List<TaggedSentence> all = new ArrayList<>();
    for (TaggedSentence s : TRAIN.sentences()) {
      all.add(
          TaggedSentence.of(
              s.tokens(), s.tags().stream().map(t -> t.equals("O") ? "X" : "NNP").toList()));
    }
    TaggedData data = TaggedData.of("plain", all);
    try (SequenceTagger model = SequenceTagger.train(data, data, SyntheticTags.tiny(3), backend)) {
      TaggingEvaluation e = model.evaluate(data);
      assertThat(e.scheme()).isEqualTo(TagScheme.PLAIN);
      assertThat(e.figures()).containsKey("accuracy").doesNotContainKeys("f1", "intentAccuracy");
      assertThat(e.accuracy()).isGreaterThan(0.95);
    }
  }

  @Test
  void frozenVectorsStayAsTheyAreAndTunedOnesDoNot() {
    WordVectors vectors =
        new WordVectors(
            8,
            Map.of("anna", new float[] {1, 2, 3, 4, 5, 6, 7, 8}),
            new SourceFile("v", 1, "00"),
            new VectorReport(1, 1, 1, 0, 0, 0, -1, List.of()));
    for (WordTable table : WordTable.values()) {
      TaggerSettings settings =
          SyntheticTags.tiny(1)
              .withArchitecture(SyntheticTags.tiny(1).architecture().withTable(table));
      Path folder = directory.resolve(table.name());
      try (SequenceTagger model =
          new TaggerTrainer(settings, backend).vectors(vectors).fit(TRAIN, DEV).model()) {
        model.save(folder);
        int row = model.parts().encoder().words().id("anna");
        try (SafeTensors file = SafeTensors.open(folder.resolve("model.safetensors"));
            SequenceTagger loaded = SequenceTagger.load(folder, backend)) {
          float[] all = file.floats("embedding.weight");
          assertThat(all[row * 8] == 1 && all[row * 8 + 7] == 8)
              .isEqualTo(table == WordTable.FROZEN);
          assertThat(all[row * 8]).isBetween(0.5f, 1.5f);
          assertThat(loaded.tag(DEV.sentences())).isEqualTo(model.tag(DEV.sentences()));
        }
      }
    }
  }

  @Test
  void vectorsOfAnotherSizeOrAFrozenTableWithoutAnyAreRefused() {
    WordVectors vectors =
        new WordVectors(
            5,
            Map.of(),
            new SourceFile("v", 1, ""),
            new VectorReport(0, 0, 0, 0, 0, 0, -1, List.of()));
    TaggerSettings tiny = SyntheticTags.tiny(1);
    assertThatThrownBy(() -> new TaggerTrainer(tiny, backend).vectors(vectors))
        .hasMessageContaining("5 features");
    TaggerSettings frozen = tiny.withArchitecture(tiny.architecture().withTable(WordTable.FROZEN));
    assertThatThrownBy(() -> SequenceTagger.train(TRAIN, DEV, frozen, backend))
        .hasMessageContaining("pretrained vectors");
  }

  @Test
  void aTaggerIsNoClassifier() {
    trained.save(directory.resolve("model"));
    assertThatThrownBy(() -> TextClassifier.load(directory.resolve("model"), backend))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("'tag'")
        .hasMessageContaining("'classify'");
  }

  @Test
  void tagsThatTrainingHasNeverSeenAreMissedAndNoError() {
    TaggedData strange =
        TaggedData.of(
            "strange",
            List.of(
                TaggedSentence.of(List.of("Anna", "Linz"), List.of("B-PER", "B-GPE"))
                    .withLabel("never heard of")));
    TaggingEvaluation e = trained.evaluate(strange);
    assertThat(e.spans().micro().recall()).isEqualTo(0.5);
    assertThat(e.intentAccuracy()).isZero();
  }
}
