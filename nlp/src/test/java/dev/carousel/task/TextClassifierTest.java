package dev.carousel.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.carousel.data.ClassSampling;
import dev.carousel.data.DataSet;
import dev.carousel.data.Example;
import dev.carousel.nn.CellVariant;
import dev.carousel.nn.CellWiring;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.store.SafeTensors;
import dev.carousel.store.StoreException;
import dev.carousel.text.BpeTrainer;
import dev.carousel.text.Extent;
import dev.carousel.text.HuggingFaceTokenizer;
import dev.carousel.text.HuggingFaceTokenizer.Pieces;
import dev.carousel.text.Normalization;
import dev.carousel.text.Normalizer;
import dev.carousel.text.TokenizerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextClassifierTest {
  private static final DataSet TRAIN = Synthetic.colours(90, 1);
  private static final DataSet DEV = Synthetic.colours(30, 2);
  private static final List<String> TEXTS =
      List.of("the red house", "", "is very green today", "blue", "unknown words only", "red");
  private static Backend backend;
  private static TextClassifier trained;

  @TempDir private Path directory;

  @BeforeAll
  static void train() {
    backend = Backends.named("reference");
    trained = TextClassifier.train(TRAIN, DEV, Synthetic.tiny(8), backend);
  }

  @AfterAll
  static void close() {
    trained.close();
    backend.close();
  }

  @Test
  void learnsWhichWordDecides() {
    assertThat(trained.evaluate(Synthetic.colours(60, 3)).accuracy()).isGreaterThan(0.95);
    assertThat(trained.predict("the very old red house").label()).isEqualTo("red");
    assertThat(trained.labels()).containsExactly("blue", "green", "red");
  }

  @Test
  void scoresOfOneLabelSumToOneAndFallFromTheFirst() {
    Prediction answer = trained.predict("green");
    assertThat(answer.scores().values().stream().mapToDouble(p -> p).sum())
        .isCloseTo(1, offset(1e-12));
    assertThat(List.copyOf(answer.scores().values()))
        .isSortedAccordingTo(Collections.reverseOrder());
    assertThat(answer.scores()).containsEntry(answer.label(), answer.score());
    assertThat(answer.top(2)).hasSize(2).containsKey(answer.label());
  }

  @Test
  void answersAreInTheOrderOfTheTextsWhateverTheirLengths() {
    List<Prediction> together = trained.predict(TEXTS);
    for (int i = 0; i < TEXTS.size(); i++) {
      assertThat(together.get(i).label()).isEqualTo(trained.predict(TEXTS.get(i)).label());
      assertThat(together.get(i).score())
          .isCloseTo(trained.predict(TEXTS.get(i)).score(), offset(1e-5));
    }
  }

  @Test
  void anAnswerTellsWhetherItIsOfTheWholeText() {
    String first = "the ".repeat(512);
    Prediction whole = trained.predict(first);
    Prediction cut = trained.predict(first + "red");
    assertThat(whole.extent()).isEqualTo(new Extent(512, 512));
    assertThat(whole.extent().cut()).isFalse();
    assertThat(cut.extent()).isEqualTo(new Extent(512, 513));
    assertThat(cut.extent().cut()).isTrue();
    assertThat(cut.scores()).isEqualTo(whole.scores());
  }

  @Test
  void savedAndLoadedItGivesTheSameAnswersToTheBit() {
    trained.save(directory.resolve("model"));
    try (TextClassifier loaded = TextClassifier.load(directory.resolve("model"), backend)) {
      assertThat(loaded.predict(TEXTS)).isEqualTo(trained.predict(TEXTS));
      assertThat(loaded.labels()).isEqualTo(trained.labels());
      assertThat(loaded.provenance()).isEqualTo(trained.provenance());
    }
  }

  @Test
  void subwordsAreKeptWithTheModel() {
    BpeTrainer trainer = new BpeTrainer(Normalizer.of(Normalization.LOWER_CASE));
    TRAIN.examples().forEach(example -> trainer.add(example.text()));
    ClassifierSettings settings = Synthetic.tiny(1);
    settings = settings.withText(settings.text().withTokenizer(trainer.train(20, 2)));
    try (TextClassifier subwords = TextClassifier.train(TRAIN, DEV, settings, backend)) {
      subwords.save(directory.resolve("subwords"));
      try (TextClassifier loaded = TextClassifier.load(directory.resolve("subwords"), backend)) {
        assertThat(loaded.predict(TEXTS)).isEqualTo(subwords.predict(TEXTS));
      }
    }
    assertThat(settings.describe()).containsEntry("tokenizer", "bpe:20");
  }

  @Test
  void aTokenizerJsonIsKeptWithTheModel() throws IOException {
    Path file = TokenizerJson.bytes(directory.resolve("any-name.json"), "r e", "re d", "b l");
    ClassifierSettings settings = Synthetic.tiny(1);
    settings =
        settings.withText(
            settings
                .text()
                .withTokenizer(HuggingFaceTokenizer.load(Normalizer.NONE, Pieces.MARKED, file)));
    try (TextClassifier pieces = TextClassifier.train(TRAIN, DEV, settings, backend)) {
      pieces.save(directory.resolve("pieces"));
    }
    Files.delete(file);
    try (TextClassifier loaded = TextClassifier.load(directory.resolve("pieces"), backend)) {
      assertThat(loaded.predict(TEXTS)).hasSameSizeAs(TEXTS);
      loaded.save(directory.resolve("again"));
      assertThat(directory.resolve("again/tokenizer.json"))
          .hasSameTextualContentAs(directory.resolve("pieces/tokenizer.json"));
    }
  }

  @Test
  void sixteenThreadsShareOneModelAndGetOneThreadsAnswers() throws Exception {
    List<String> texts = new ArrayList<>();
    Synthetic.colours(200, 4).examples().forEach(example -> texts.add(example.text()));
    List<Prediction> alone = texts.stream().map(trained::predict).toList();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<List<Prediction>>> calls =
          Collections.nCopies(16, () -> texts.stream().map(trained::predict).toList());
      for (Future<List<Prediction>> answers : threads.invokeAll(calls)) {
        assertThat(answers.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theSameSeedGivesTheSameModel() {
    try (TextClassifier first = TextClassifier.train(TRAIN, DEV, Synthetic.tiny(2), backend);
        TextClassifier second = TextClassifier.train(TRAIN, DEV, Synthetic.tiny(2), backend)) {
      assertThat(first.predict(TEXTS)).isEqualTo(second.predict(TEXTS));
    }
  }

  @Test
  void withoutTextsToSelectByTheLastEpochIsKept() {
    ClassifierSettings last = Synthetic.tiny(2).withoutSelection();
    ClassifierTrainer.Fit fit = new ClassifierTrainer(last, backend).fit(TRAIN);
    try (TextClassifier alone = fit.model();
        TextClassifier watched = TextClassifier.train(TRAIN, DEV, last, backend)) {
      assertThat(fit.result().best()).isEmpty();
      assertThat(fit.result().epochs()).isEqualTo(2);
      assertThat(alone.predict(TEXTS)).isEqualTo(watched.predict(TEXTS));
      assertThat(alone.provenance().settings()).containsEntry("dev", "none");
    }
  }

  @Test
  void settingsThatSelectAnEpochAskForTextsToSelectBy() {
    ClassifierTrainer trainer = new ClassifierTrainer(Synthetic.tiny(1), backend);
    assertThatThrownBy(() -> trainer.fit(TRAIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no texts to select by");
  }

  @ParameterizedTest
  @EnumSource
  void everyPoolingTrainsAndSurvivesADisk(TextPooling pooling) {
    ClassifierSettings settings =
        Synthetic.tiny(1)
            .withArchitecture(new Architecture(4, Cell.GRU, Direction.FORWARD, 1, 5, pooling));
    trainSaveLoadPredict(settings, TRAIN, DEV);
  }

  @ParameterizedTest
  @EnumSource
  void everyCellTrainsAndSurvivesADisk(Cell cell) {
    ClassifierSettings settings =
        Synthetic.tiny(1)
            .withArchitecture(
                new Architecture(4, cell, Direction.BIDIRECTIONAL, 2, 3, TextPooling.MEAN));
    trainSaveLoadPredict(settings, TRAIN, DEV);
  }

  @ParameterizedTest
  @EnumSource
  void selfAttentionTrainsUnderEveryPoolingAndSurvivesADisk(TextPooling pooling) {
    ClassifierSettings settings =
        Synthetic.tiny(1)
            .withArchitecture(
                new Architecture(4, Cell.LSTM, Direction.BIDIRECTIONAL, 1, 4, pooling)
                    .withAttentionHeads(2));
    trainSaveLoadPredict(settings, TRAIN, DEV);
  }

  static Stream<Architecture> variants() {
    CellVariant noise = CellVariant.PLAIN.withDropout(0.2, 0.1).withZoneout(0.1, 0.05);
    Architecture lstm =
        new Architecture(4, Cell.LSTM, Direction.BIDIRECTIONAL, 2, 3, TextPooling.MAX);
    CellVariant gru = CellVariant.of(CellWiring.LAYER_NORM).withZoneout(0.1, 0);
    return Stream.concat(
        Stream.of(CellWiring.values()).map(w -> lstm.withCells(noise.withWiring(w))),
        Stream.of(
            new Architecture(4, Cell.GRU, Direction.FORWARD, 1, 5, TextPooling.LAST)
                .withCells(gru)));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void variantsOfCellsTrainAndSurviveADisk(Architecture architecture) {
    trainSaveLoadPredict(Synthetic.tiny(1).withArchitecture(architecture), TRAIN, DEV);
    Path config = directory.resolve("other").resolve("config.json");
    assertThat(config).content().contains(architecture.cells().wiring().name());
  }

  @ParameterizedTest
  @EnumSource
  void aFocalLossLearnsUnderEverySampling(ClassSampling sampling) {
    ClassifierSettings settings = Synthetic.tiny(8);
    LearningSettings learning =
        settings
            .learning()
            .withSampling(sampling)
            .withLoss(new LossSettings(ClassWeighting.NONE, 0, 2));
    try (TextClassifier model =
        TextClassifier.train(TRAIN, DEV, settings.withLearning(learning), backend)) {
      assertThat(model.evaluate(DEV).accuracy()).isGreaterThan(0.9);
    }
  }

  @Test
  void severalLabelsTakeAFocalLossButNoSampling() {
    DataSet train = Synthetic.severalColours(120, 5);
    DataSet dev = Synthetic.severalColours(40, 6);
    ClassifierSettings settings = Synthetic.tiny(12);
    LearningSettings focal =
        settings.learning().withLoss(new LossSettings(ClassWeighting.NONE, 0, 1));
    try (TextClassifier model =
        TextClassifier.train(train, dev, settings.withLearning(focal), backend)) {
      assertThat(model.evaluate(dev).microF1()).isGreaterThan(0.9);
    }
    ClassifierSettings sampled =
        settings.withLearning(settings.learning().withSampling(ClassSampling.OVER));
    assertThatThrownBy(() -> TextClassifier.train(train, dev, sampled, backend))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("several");
  }

  @Test
  void aVariantLearnsWhatPlainCellsLearn() {
    CellVariant variant = CellVariant.of(CellWiring.LAYER_NORM).withZoneout(0.1, 0.1);
    ClassifierSettings settings = Synthetic.tiny(8);
    Architecture architecture = settings.architecture().withCells(variant);
    try (TextClassifier model =
        TextClassifier.train(TRAIN, DEV, settings.withArchitecture(architecture), backend)) {
      assertThat(model.evaluate(DEV).accuracy()).isGreaterThan(0.9);
    }
  }

  @Test
  void textsWithSeveralLabelsGetAScoreForEach() {
    ClassifierSettings settings = Synthetic.tiny(12);
    DataSet train = Synthetic.severalColours(120, 5);
    DataSet dev = Synthetic.severalColours(40, 6);
    try (TextClassifier model = TextClassifier.train(train, dev, settings, backend)) {
      assertThat(model.labelling()).isEqualTo(Labelling.MULTI);
      assertThat(model.evaluate(dev).microF1()).isGreaterThan(0.9);
      assertThat(model.predict("red and green").labels()).containsExactlyInAnyOrder("red", "green");
    }
    trainSaveLoadPredict(Synthetic.tiny(1), train, dev);
  }

  private void trainSaveLoadPredict(ClassifierSettings settings, DataSet train, DataSet dev) {
    Path folder = directory.resolve("other");
    try (TextClassifier model = TextClassifier.train(train, dev, settings, backend)) {
      model.save(folder);
      try (TextClassifier loaded = TextClassifier.load(folder, backend)) {
        assertThat(loaded.predict(TEXTS)).isEqualTo(model.predict(TEXTS));
      }
    }
  }

  @Test
  void parametersCarryTheNamesAndShapesOfPyTorch() {
    trained.save(directory.resolve("model"));
    try (SafeTensors file =
        SafeTensors.open(directory.resolve("model").resolve("model.safetensors"))) {
      assertThat(file.tensors().keySet())
          .containsExactlyInAnyOrder(
              "embedding.weight",
              "rnn.weight_ih_l0",
              "rnn.weight_hh_l0",
              "rnn.bias_ih_l0",
              "rnn.bias_hh_l0",
              "rnn.weight_ih_l0_reverse",
              "rnn.weight_hh_l0_reverse",
              "rnn.bias_ih_l0_reverse",
              "rnn.bias_hh_l0_reverse",
              "output.weight",
              "output.bias");
      assertThat(file.tensor("rnn.weight_ih_l0_reverse").shape()).containsExactly(32L, 8L);
      assertThat(file.tensor("output.weight").shape()).containsExactly(3L, 16L);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "config.json, 200",
    "vocabulary.txt, 20",
    "model.safetensors, 400",
    "provenance.json, 100",
    "manifest.json, 100"
  })
  void aDamagedFileIsNamed(String name, int at) throws Exception {
    Path folder = directory.resolve("model");
    trained.save(folder);
    Path file = folder.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 4;
    Files.write(file, bytes);
    assertThatThrownBy(() -> TextClassifier.load(folder, backend))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(folder.getFileName().toString());
  }

  @Test
  void aClosedModelRefusesToAnswer() {
    TextClassifier model = TextClassifier.train(TRAIN, DEV, Synthetic.tiny(1), backend);
    model.close();
    assertThatThrownBy(() -> model.predict("red"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aLabelThatTrainingHasNotSeenIsNamed() {
    DataSet strange = DataSet.of("strange.tsv", List.of(Example.of("a text", "purple")));
    assertThatThrownBy(() -> trained.evaluate(strange))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("strange.tsv")
        .hasMessageContaining("purple")
        .hasMessageContaining("blue, green, red");
  }

  @Test
  void oneLabelIsNotEnoughToLearnFrom() {
    DataSet dull = DataSet.of("dull", List.of(Example.of("a", "x"), Example.of("b", "x")));
    assertThatThrownBy(() -> TextClassifier.train(dull, dull, Synthetic.tiny(1), backend))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two labels");
  }

  @Test
  void longTextsAreReadUpToTheLimitAndNoFurther() {
    List<String> words = new ArrayList<>(Collections.nCopies(600, "house"));
    String cut = String.join(" ", words.subList(0, 512));
    String tail = cut + " red red red";
    Prediction all = trained.predict(tail);
    assertThat(all.scores()).isEqualTo(trained.predict(cut).scores());
    assertThat(all.extent()).isEqualTo(new Extent(512, 515));
    assertThat(trained.predict(cut).extent().cut()).isFalse();
  }
}
