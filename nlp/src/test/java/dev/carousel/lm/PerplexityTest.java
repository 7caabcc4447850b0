package dev.carousel.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Parameter;
import dev.carousel.data.Corpus;
import dev.carousel.lm.LanguageArchitecture.Output;
import dev.carousel.rnn.Cell;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Perplexities that are known: of the uniform, of word frequencies, of an LSTM in double. */
class PerplexityTest {
  private static final int FEATURES = 3;
  private static final int UNITS = 4;
  private static final Corpus TEXT = Corpus.of("text", "a b c\na a b d\n\nc c c unknown\n");

  private Backend backend;

  @BeforeEach
  void open() {
    backend = Backends.named("reference", 1);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  /** A model of {@value #UNITS} units whose vocabulary is that of a text. */
  private LanguageParts parts(LanguageText text, int context, float range) {
    LanguageSettings settings =
        Rhymes.tiny(text, 1)
            .withArchitecture(
                new LanguageArchitecture(Cell.LSTM, FEATURES, UNITS, 1, Output.SEPARATE));
    if (context > 0) {
      settings =
          settings.withLearning(
              settings.learning().withUnrolling(new Unrolling(Unrolling.Kind.SLIDING, context, 1)));
    }
    LanguageCodec codec = LanguageCodec.learn(text, Corpus.of("train", "a b c d\n"));
    LanguageConfig config = LanguageConfig.of(settings, codec);
    LanguageParts parts = LanguageParts.create(config, codec, backend, 0, 1);
    SplittableRandom random = new SplittableRandom(5);
    float[] values = new float[(int) parts.parameters().values().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = range == 0 ? 0 : (float) random.nextDouble(-range, range);
    }
    parts.parameters().upload(values);
    return parts;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 100})
  void aUniformModelHasThePerplexityOfItsVocabulary(int rows) {
    try (LanguageParts parts = parts(LanguageText.WORDS, 0, 0)) {
      LanguageEvaluation e = parts.evaluate(TEXT, rows);
      // <pad>, <unk>, <eos>, a, b, c, d
      assertThat(parts.codec().vocabulary().size()).isEqualTo(7);
      assertThat(e.perplexity()).isCloseTo(7, within(1e-5));
      assertThat(e.loss()).isCloseTo(Math.log(7), within(1e-6));
      // 11 words and 4 line ends
      assertThat(e.tokens()).isEqualTo(15);
      // "a b c", "a a b d", "", "c c c unknown", each with its end
      assertThat(e.characters()).isEqualTo(6 + 8 + 1 + 14);
      assertThat(e.bitsPerCharacter()).isCloseTo(15 * Math.log(7) / Math.log(2) / 29, within(1e-6));
    }
  }

  @Test
  void aModelOfFrequenciesHasThePerplexityThatTheirLogarithmsGive() {
    try (LanguageParts parts = parts(LanguageText.CHARACTERS, 0, 0)) {
      // p(a) = 1/2, p(b) = 1/4, line feed 1/8, and 1/8 shared by the rest, by the bias alone
      float[] bias = new float[parts.codec().vocabulary().size()];
      int rest = bias.length - 3;
      Arrays.fill(bias, (float) Math.log(1 / 8.0 / rest));
      bias[parts.codec().vocabulary().id("a")] = (float) Math.log(1 / 2.0);
      bias[parts.codec().vocabulary().id("b")] = (float) Math.log(1 / 4.0);
      bias[parts.codec().vocabulary().id("\n")] = (float) Math.log(1 / 8.0);
      Parameter p = parts.parameters().parameter("output.bias");
      float[] all = parts.parameters().download();
      System.arraycopy(bias, 0, all, (int) p.offset(), bias.length);
      parts.parameters().upload(all);
      LanguageEvaluation e = parts.evaluate(Corpus.of("text", "aab\na"), 1);
      // 1 + 1 + 2 + 3 + 1 bits
      assertThat(e.nats()).isCloseTo(8 * Math.log(2), within(1e-5));
      assertThat(e.tokens()).isEqualTo(5);
      assertThat(e.bitsPerCharacter()).isCloseTo(8 / 5.0, within(1e-6));
      assertThat(e.perplexity()).isCloseTo(Math.pow(2, 8 / 5.0), within(1e-5));
    }
  }

  private static PlainLstm plain(LanguageParts parts) {
    Map<String, float[]> byName = new TreeMap<>();
    float[] all = parts.parameters().download();
    for (Parameter p : parts.parameters().parameters()) {
      int from = (int) p.offset();
      byName.put(p.name(), Arrays.copyOfRange(all, from, from + (int) p.shape().size()));
    }
    return new PlainLstm(byName, parts.codec().vocabulary().size(), FEATURES, UNITS);
  }

  @Test
  void anLstmHasThePerplexityThatItsEquationsGiveInDouble() {
    try (LanguageParts parts = parts(LanguageText.WORDS, 0, 1.5f)) {
      Corpus text = Corpus.of("long", TEXT.text().repeat(40));
      int[] stream = parts.codec().stream(text);
      double expected = plain(parts).nats(stream);
      LanguageEvaluation e = parts.evaluate(text, 1);
      assertThat(stream).hasSize(601).startsWith(parts.codec().lineEnd());
      assertThat(e.nats()).isCloseTo(expected, within(1e-5 * expected));
      assertThat(e.perplexity()).isNotCloseTo(7, within(0.5));
    }
  }

  @Test
  void rowsReadPiecesOfTheTextAndCountEachTokenOnce() {
    try (LanguageParts parts = parts(LanguageText.WORDS, 0, 1.5f)) {
      int[] stream = parts.codec().stream(TEXT);
      // 15 tokens in 4 rows of 4, the last of 3
      double expected = 0;
      for (int from = 0; from < 15; from += 4) {
        expected += plain(parts).nats(Arrays.copyOfRange(stream, from, Math.min(from + 5, 16)));
      }
      assertThat(parts.evaluate(TEXT, 4).nats()).isCloseTo(expected, within(1e-5 * expected));
      assertThat(parts.evaluate(TEXT, 4).tokens()).isEqualTo(15);
    }
  }

  @Test
  void aModelOfSlidingWindowsLooksAtSoManyTokensAndNoMore() {
    try (LanguageParts parts = parts(LanguageText.WORDS, 3, 1.5f)) {
      int[] stream = parts.codec().stream(TEXT);
      double expected = 0;
      for (int target = 1; target < stream.length; target++) {
        int[] upTo = Arrays.copyOfRange(stream, Math.max(0, target - 3), target + 1);
        int[] before = Arrays.copyOf(upTo, upTo.length - 1);
        expected += plain(parts).nats(upTo) - plain(parts).nats(before);
      }
      assertThat(parts.evaluate(TEXT, 1).nats()).isCloseTo(expected, within(1e-5 * expected));
    }
  }

  @Test
  void anEmptyTextIsRefused() {
    try (LanguageParts parts = parts(LanguageText.WORDS, 0, 0)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> parts.evaluate(Corpus.of("nothing", ""), 1))
          .withMessageContaining("nothing has 0 tokens");
    }
  }
}
