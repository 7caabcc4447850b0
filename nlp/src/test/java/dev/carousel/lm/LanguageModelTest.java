package dev.carousel.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.data.Corpus;
import dev.carousel.decode.RepetitionControl;
import dev.carousel.decode.Sampling;
import dev.carousel.kit.run.HeapMeter;
import dev.carousel.lm.LanguageArchitecture.Output;
import dev.carousel.lm.LanguageLearning.LossMean;
import dev.carousel.lm.Session.Limits;
import dev.carousel.nn.CellVariant;
import dev.carousel.nn.CellWiring;
import dev.carousel.nn.ValueDropout;
import dev.carousel.rnn.Cell;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.text.Normalizer;
import dev.carousel.train.StopSignal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageModelTest {
  private static final Corpus TRAIN = Rhymes.corpus(60);
  private static final Corpus DEV = Rhymes.corpus(9);
  private static Backend backend;
  private static LanguageModel words;

  @BeforeAll
  static void train() {
    backend = Backends.named("reference");
    words = LanguageModel.train(TRAIN, DEV, Rhymes.tiny(LanguageText.WORDS, 25), backend);
  }

  @AfterAll
  static void close() {
    words.close();
    backend.close();
  }

  @Test
  void learnsATextWhoseLinesComeInTurn() {
    assertThat(words.evaluate(DEV).perplexity()).isLessThan(1.1);
    assertThat(words.generate("", 11, Sampling.GREEDY))
        .isEqualTo("one two three four five\nred green blue\nleft");
    assertThat(words.generate("one two three four five\nred", 3, Sampling.GREEDY))
        .isEqualTo(" green blue\n");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void whatATokenAllocatesDoesNotGrowWithTheText(double temperature) {
    Sampling sampling =
        Sampling.PLAIN
            .withTemperature(temperature)
            .withTopP(0.9)
            .withRepetition(new RepetitionControl(3, 1.1, 64));
    long[] bytes =
        IntStream.of(200, 50, 100, 200) // the first makes it warm
            .mapToLong(tokens -> HeapMeter.bytesPerCall(() -> write(sampling, tokens)))
            .toArray();
    // twice as many tokens; copying what was written would give four times as much
    assertThat(bytes[3] - bytes[2]).isLessThan((bytes[2] - bytes[1]) * 5 / 2);
  }

  private static void write(Sampling sampling, int tokens) {
    try (Session session = words.session()) {
      assertThat(session.generate(sampling, Limits.tokens(tokens), piece -> {})).isEqualTo(tokens);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Level.class,
      names = {"CHARACTER", "BPE"})
  void learnsCharactersAndSubwords(Level level) {
    LanguageText text = LanguageText.of(level, Normalizer.NONE);
    LanguageSettings settings = Rhymes.tiny(level == Level.BPE ? text.withMerges(8) : text, 12);
    try (LanguageModel model = LanguageModel.train(TRAIN, DEV, settings, backend)) {
      assertThat(model.evaluate(DEV).perplexity()).isLessThan(1.4);
      assertThat(model.generate("one two ", 6, Sampling.GREEDY)).startsWith("thr");
    }
  }

  @Test
  void learnsWithEverythingDroppedAndPenalised() {
    LanguageSettings settings = Rhymes.regularised(LanguageText.WORDS, 30);
    try (LanguageModel model = LanguageModel.train(TRAIN, DEV, settings, backend)) {
      // the frequencies of the words alone give more than 10
      assertThat(model.evaluate(DEV).perplexity()).isLessThan(3);
    }
  }

  @Test
  void learnsFromOneHotSlidingWindows() {
    LanguageSettings settings =
        Rhymes.tiny(LanguageText.CHARACTERS, 4)
            .withArchitecture(new LanguageArchitecture(Cell.LSTM, 0, 16, 1, Output.SEPARATE));
    settings =
        settings.withLearning(
            settings
                .learning()
                .withRows(16)
                .withUnrolling(new Unrolling(Unrolling.Kind.SLIDING, 8, 1)));
    try (LanguageModel model = LanguageModel.train(TRAIN, DEV, settings, backend)) {
      assertThat(model.evaluate(DEV).perplexity()).isLessThan(1.8);
      assertThat(model.generate("one two ", 3, Sampling.GREEDY)).isEqualTo("thr");
    }
  }

  @Test
  void aVariantOfCellsLearnsAndCarriesItsStateThroughADiskAndASession(@TempDir Path directory) {
    CellVariant variant =
        CellVariant.of(CellWiring.PEEPHOLE).withDropout(0, 0.05).withZoneout(0.05, 0.05);
    LanguageSettings settings = Rhymes.tiny(LanguageText.WORDS, 12);
    LanguageArchitecture architecture = settings.architecture().withCells(variant);
    try (LanguageModel model =
        LanguageModel.train(TRAIN, DEV, settings.withArchitecture(architecture), backend)) {
      assertThat(model.evaluate(DEV).perplexity()).isLessThan(4);
      model.save(directory.resolve("variant"));
      try (LanguageModel loaded = LanguageModel.load(directory.resolve("variant"), backend);
          Session whole = loaded.session();
          Session parts = model.session()) {
        whole.read("one two three\nred");
        List.of("one", "two three\n", "", "red").forEach(parts::read);
        assertThat(parts.logits()).containsExactly(whole.logits(), within(1e-5f));
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                settings
                    .withArchitecture(architecture)
                    .withRegularisation(
                        new LanguageRegularisation(LanguageDropout.NONE, 0.3, 0, 0)))
        .withMessageContaining("weight drop");
  }

  @Test
  void theSameSeedWritesTheSameAndAnotherSeedWritesOtherwise() {
    Sampling bold = Sampling.PLAIN.withTemperature(3);
    assertThat(words.generate("red", 40, bold)).isEqualTo(words.generate("red", 40, bold));
    assertThat(words.generate("red", 40, bold))
        .isNotEqualTo(words.generate("red", 40, bold.withSeed(2)));
  }

  @Test
  void whatIsStreamedIsWhatIsGenerated() {
    List<String> pieces = new ArrayList<>();
    try (Session session = words.session()) {
      assertThat(session.generate(Sampling.GREEDY, Limits.tokens(7), pieces::add)).isEqualTo(7);
    }
    assertThat(pieces).containsExactly("one", " two", " three", " four", " five", "\n", "red");
    assertThat(String.join("", pieces)).isEqualTo(words.generate("", 7, Sampling.GREEDY));
  }

  @Test
  void readingAPieceAtATimeLeadsToTheSamePlace() {
    try (Session whole = words.session();
        Session parts = words.session()) {
      whole.read("one two three\nred");
      List.of("one", "two three\n", "", "red").forEach(parts::read);
      assertThat(parts.logits()).containsExactly(whole.logits(), within(1e-5f));
    }
  }

  @Test
  void logitsAreThoseThatPerplexityIsMadeOf() {
    try (Session session = words.session()) {
      float[] logits = session.logits();
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp(logit);
      }
      int one = words.parts().codec().vocabulary().id("one");
      double nats = Math.log(sum) - logits[one];
      session.read("one");
      assertThat(words.evaluate(Corpus.of("one", "one")).nats())
          .isGreaterThan(nats)
          .isCloseTo(nats + endOfLine(session), within(1e-5));
    }
  }

  @Test
  void whatWasReadAndDrawnBeforeCountsAsOccurred() {
    String prompt = "one two three four five\none two three";
    Sampling noPairTwice = Sampling.GREEDY.withRepetition(RepetitionControl.blocking(2));
    assertThat(words.generate(prompt, 1, Sampling.GREEDY)).isEqualTo(" four");
    assertThat(words.generate(prompt, 1, noPairTwice)).isNotEqualTo(" four");
    Sampling short4 = Sampling.GREEDY.withRepetition(new RepetitionControl(2, 1, 4));
    assertThat(words.generate(prompt, 1, short4)).isEqualTo(" four");
    Sampling penalised = Sampling.GREEDY.withRepetition(new RepetitionControl(0, 1e6, 512));
    assertThat(words.generate(prompt, 1, penalised)).isNotEqualTo(" four");
    try (Session session = words.session()) {
      session.read("one two three four five\nred");
      assertThat(session.generate(Sampling.GREEDY, Limits.tokens(2))).isEqualTo(" green blue");
      Sampling noneTwice = Sampling.GREEDY.withRepetition(RepetitionControl.blocking(1));
      assertThat(session.generate(noneTwice, Limits.tokens(3)).strip().split("\\s+"))
          .isSubsetOf("left", "right", "stop");
    }
  }

  private static double endOfLine(Session session) {
    float[] logits = session.logits();
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.log(sum) - logits[words.parts().codec().lineEnd()];
  }

  @Test
  void generationStopsAfterSoManyLines() {
    try (Session session = words.session()) {
      assertThat(session.generate(Sampling.GREEDY, new Limits(100, 2)))
          .isEqualTo("one two three four five\nred green blue\n");
      assertThat(session.generate(Sampling.GREEDY, Limits.tokens(0))).isEmpty();
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new Limits(-1, 0));
  }

  @Test
  void aStopSignalEndsAContinuationThatIsTakenUpAgain() {
    List<String> pieces = new ArrayList<>();
    StopSignal stop = new StopSignal();
    try (Session stopped = words.session();
        Session whole = words.session()) {
      int drawn =
          stopped.generate(
              Sampling.GREEDY,
              Limits.tokens(9),
              piece -> {
                pieces.add(piece);
                if (pieces.size() == 4) {
                  stop.request();
                }
              },
              stop);
      assertThat(drawn).isEqualTo(4);
      assertThat(pieces).hasSize(4);
      stopped.generate(Sampling.GREEDY, Limits.tokens(5), pieces::add);
      assertThat(String.join("", pieces))
          .isEqualTo(whole.generate(Sampling.GREEDY, Limits.tokens(9)));
    }
  }

  @Test
  void blockedNgramsDoNotComeTwiceInATextThatIsAllRepetition() {
    String text =
        words.generate("", 30, Sampling.GREEDY.withRepetition(RepetitionControl.blocking(2)));
    List<String> tokens = List.of(text.replace("\n", " \n ").strip().split(" +"));
    List<List<String>> pairs = new ArrayList<>();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      pairs.add(tokens.subList(i, i + 2));
    }
    assertThat(pairs).doesNotHaveDuplicates();
  }

  @Test
  void neitherPaddingNorUnknownIsEverWritten() {
    String text = words.generate("", 300, Sampling.PLAIN.withTemperature(50));
    assertThat(text).doesNotContain("<pad>").doesNotContain("<unk>");
  }

  @Test
  void aLongTextTakesNoMoreMemoryThanAShortOne() {
    try (Session session = words.session()) {
      session.generate(Sampling.GREEDY, Limits.tokens(50), piece -> {});
      System.gc();
      long before = used();
      session.generate(Sampling.GREEDY, Limits.tokens(5_000), piece -> {});
      System.gc();
      assertThat(used() - before).isLessThan(2L << 20);
    }
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void describesItself() {
    assertThat(words.level()).isEqualTo(Level.WORD);
    // three reserved tokens, then one to five, three colours, left, right, stop
    assertThat(words.vocabularySize()).isEqualTo(14);
    // the tied last layer has as many units as the embedding has features
    assertThat(words.size()).isEqualTo(14 * 12 + 4 * 12 * (12 + 12 + 2) + 14);
    assertThat(words.provenance().settings()).containsEntry("level", "WORD");
    assertThat(words.perplexity("one two three four five\n")).isLessThan(2);
  }

  @Test
  void settingsThatWouldBeIgnoredAreRefused() {
    LanguageSettings tiny = Rhymes.tiny(LanguageText.WORDS, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                tiny.withRegularisation(
                    new LanguageRegularisation(
                        LanguageDropout.everywhere(ValueDropout.Kind.UNIT, 0.2), 0, 0, 0)))
        .withMessageContaining("at least two layers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LanguageArchitecture(Cell.LSTM, 0, 8, 1, Output.TIED))
        .withMessageContaining("one-hot");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LanguageLearning(
                    2,
                    new Unrolling(Unrolling.Kind.SLIDING, 3, 1),
                    LossMean.ROW,
                    0,
                    Rhymes.training(1)))
        .withMessageContaining("sliding");
  }
}
