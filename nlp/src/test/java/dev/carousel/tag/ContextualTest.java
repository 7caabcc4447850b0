package dev.carousel.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.data.Corpus;
import dev.carousel.data.TaggedData;
import dev.carousel.data.TaggedSentence;
import dev.carousel.lm.LanguageArchitecture;
import dev.carousel.lm.LanguageModel;
import dev.carousel.lm.LanguageSettings;
import dev.carousel.lm.LanguageText;
import dev.carousel.lm.Reading;
import dev.carousel.lm.Unrolling;
import dev.carousel.rnn.Cell;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextualTest {
  private static final TaggedData TRAIN = SyntheticTags.sentences(48, 1);
  private static final TaggedData DEV = SyntheticTags.sentences(12, 2);

  @TempDir private static Path folder;
  private static Backend backend;

  @BeforeAll
  static void trainCharacterModels() {
    backend = Backends.named("reference");
    for (Reading reading : Reading.values()) {
      try (LanguageModel model = characters(LanguageText.CHARACTERS.withReading(reading), 8)) {
        model.save(folder.resolve(reading.name()));
      }
    }
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  private static LanguageModel characters(LanguageText text, int hidden) {
    StringBuilder lines = new StringBuilder();
    TRAIN.sentences().forEach(s -> lines.append(String.join(" ", s.tokens())).append('\n'));
    Corpus corpus = Corpus.of("text", lines.toString());
    LanguageSettings settings = LanguageSettings.CHARACTERS.withText(text).withEpochs(1);
    LanguageArchitecture network =
        new LanguageArchitecture(Cell.LSTM, 6, hidden, 2, LanguageArchitecture.Output.SEPARATE);
    settings =
        settings
            .withArchitecture(network)
            .withLearning(settings.learning().withRows(4).withUnrolling(Unrolling.carried(16)));
    return LanguageModel.train(corpus, corpus, settings, backend);
  }

  private static List<LanguageModel> load() {
    List<LanguageModel> models = new ArrayList<>();
    for (Reading reading : Reading.values()) {
      models.add(LanguageModel.load(folder.resolve(reading.name()), backend));
    }
    return models;
  }

  private static SequenceTagger train(long cacheBytes, int epochs) {
    TaggerSettings tiny = SyntheticTags.tiny(epochs);
    TaggerSettings plain =
        tiny.withArchitecture(tiny.architecture().withCharacters(CharacterSettings.NONE));
    return new TaggerTrainer(plain, backend).contextual(load(), cacheBytes).fit(TRAIN, DEV).model();
  }

  @Test
  void aTaggerLearnsFromStatesAndHoldsItsModels() throws IOException {
    Path model = folder.resolve("tagger");
    List<String> texts = List.of("we saw Annabob today", "", "Linz,  and 北京!");
    List<Tagging> answers;
    try (SequenceTagger tagger = train(1 << 20, 8)) {
      assertThat(tagger.evaluate(DEV).f1()).isGreaterThan(0.9);
      answers = tagger.predict(texts);
      tagger.save(model);
    }
    Path moved = Files.move(model, folder.resolve("moved"));
    try (SequenceTagger loaded = SequenceTagger.load(moved, backend)) {
      assertThat(loaded.predict(texts)).isEqualTo(answers);
      assertThat(loaded.parts().encoder().contextual().size()).isEqualTo(16);
      loaded.save(folder.resolve("again"));
    }
    assertThat(folder.resolve("again/model.safetensors"))
        .hasSameBinaryContentAs(moved.resolve("model.safetensors"));
    Files.writeString(moved.resolve("contextual-1-vocabulary.txt"), "<pad>\n<unk>\n");
    assertThatThrownBy(() -> SequenceTagger.load(moved, backend))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("contextual-1-vocabulary.txt");
  }

  @Test
  void memoryForAllStatesForSomeOrForNoneLearnsTheSame() {
    List<List<Tagging>> answers = new ArrayList<>();
    for (long bytes : new long[] {1 << 20, 5_000, 0}) {
      try (SequenceTagger tagger = train(bytes, 2)) {
        answers.add(tagger.tag(DEV.sentences()));
      }
    }
    assertThat(answers.get(1)).isEqualTo(answers.get(0));
    assertThat(answers.get(2)).isEqualTo(answers.get(0));
  }

  @Test
  void sentencesAreReadUntilMemoryIsFull() {
    try (Contextual contextual = new Contextual(load())) {
      SentenceEncoder encoder = SentenceEncoder.of(SyntheticTags.tiny(1).words(), TRAIN);
      List<EncodedSentence> all =
          List.of(sentence(encoder, "a"), sentence(encoder, "a", "b"), sentence(encoder));
      // 16 features of 4 bytes a token
      List<EncodedSentence> some = contextual.fill(all, 3 * 64 - 1);
      assertThat(some.get(0).states()).hasSize(16);
      assertThat(some.get(1).states()).isNull();
      assertThat(contextual.fill(some).get(1).states()).hasSize(32);
      assertThat(contextual.fill(some).get(0).states()).isSameAs(some.get(0).states());
      assertThat(contextual.fill(some).get(2).states()).isEmpty();
    }
  }

  private static EncodedSentence sentence(SentenceEncoder encoder, String... tokens) {
    return encoder.encode(TaggedSentence.untagged(List.of(tokens)));
  }

  @Test
  void modelsOfWordsAreRefused() {
    try (LanguageModel words = characters(LanguageText.WORDS, 4)) {
      TaggerTrainer trainer = new TaggerTrainer(SyntheticTags.tiny(1), backend);
      assertThatThrownBy(() -> trainer.contextual(List.of(words), 0))
          .hasMessageContaining("need a model of characters that carries its state, not WORD");
    }
  }
}
