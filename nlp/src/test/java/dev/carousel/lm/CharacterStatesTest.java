package dev.carousel.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.carousel.autograd.Parameter;
import dev.carousel.data.Corpus;
import dev.carousel.lm.LanguageArchitecture.Output;
import dev.carousel.rnn.Cell;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.store.Provenance;
import dev.carousel.text.Graphemes;
import dev.carousel.text.Normalizer;
import dev.carousel.text.Token;
import dev.carousel.text.TokenizedText;
import dev.carousel.text.WordTokenizer;
import dev.carousel.text.WordTokenizer.Contractions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** States against an LSTM in double that reads character by character. */
class CharacterStatesTest {
  private static final int FEATURES = 3;
  private static final int UNITS = 5;
  private static final Corpus KNOWN = Corpus.of("known", "abc 北京是👍🏽ß\nx.");

  private Backend backend;

  @BeforeEach
  void open() {
    backend = Backends.named("reference", 1);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private LanguageModel model(Reading reading) {
    LanguageText text = LanguageText.CHARACTERS.withReading(reading);
    LanguageSettings settings =
        Rhymes.tiny(text, 1)
            .withArchitecture(
                new LanguageArchitecture(Cell.LSTM, FEATURES, UNITS, 1, Output.SEPARATE));
    LanguageCodec codec = LanguageCodec.learn(text, KNOWN);
    LanguageParts parts =
        LanguageParts.create(LanguageConfig.of(settings, codec), codec, backend, 0, 1);
    SplittableRandom random = new SplittableRandom(5);
    float[] values = new float[(int) parts.parameters().values().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1.5, 1.5);
    }
    parts.parameters().upload(values);
    Provenance none =
        new Provenance(
            1,
            Provenance.Software.current(),
            new Provenance.Compute("reference", "", "F32", 1),
            Provenance.Timing.of(Instant.EPOCH, Duration.ZERO),
            Map.of(),
            Map.of(),
            Map.of());
    return new LanguageModel(parts, none);
  }

  private static PlainLstm plain(LanguageModel model) {
    Map<String, float[]> byName = new TreeMap<>();
    float[] all = model.parts().parameters().download();
    for (Parameter p : model.parts().parameters().parameters()) {
      int from = (int) p.offset();
      byName.put(p.name(), Arrays.copyOfRange(all, from, from + (int) p.shape().size()));
    }
    return new PlainLstm(byName, model.vocabularySize(), FEATURES, UNITS);
  }

  /** Reads these characters one by one after the end of a line. */
  private static double[] straight(LanguageModel model, List<String> characters) {
    int[] ids = new int[characters.size() + 1];
    ids[0] = model.parts().codec().lineEnd();
    for (int i = 0; i < characters.size(); i++) {
      ids[i + 1] = model.parts().codec().vocabulary().id(characters.get(i));
    }
    return plain(model).state(ids);
  }

  private static void requireState(float[] states, int token, double[] expected) {
    for (int j = 0; j < UNITS; j++) {
      assertThat((double) states[token * UNITS + j]).isEqualTo(expected[j], offset(1e-5));
    }
  }

  @Test
  void forwardsTheStateStandsAfterTheTokensLastCharacter() {
    try (LanguageModel model = model(Reading.FORWARD)) {
      TokenizedText text =
          new TokenizedText(
              "ab 北京👍🏽q", List.of(token("ab", 0), token("北京", 3), token("👍🏽q", 5)));
      float[] states = model.states().read(List.of(text)).get(0);
      requireState(states, 0, straight(model, List.of("a", "b")));
      requireState(states, 1, straight(model, List.of("a", "b", " ", "北", "京")));
      requireState(
          states, 2, straight(model, List.of("a", "b", " ", "北", "京", "👍🏽", "never seen")));
    }
  }

  @Test
  void backwardsTheStateStandsAfterTheTokensFirstCharacter() {
    try (LanguageModel model = model(Reading.BACKWARD)) {
      TokenizedText text =
          new TokenizedText(
              "ab 北京👍🏽q", List.of(token("ab", 0), token("北京", 3), token("👍🏽q", 5)));
      float[] states = model.states().read(List.of(text)).get(0);
      requireState(states, 2, straight(model, List.of("never seen", "👍🏽")));
      requireState(states, 1, straight(model, List.of("never seen", "👍🏽", "京", "北")));
      requireState(
          states, 0, straight(model, List.of("never seen", "👍🏽", "京", "北", " ", "b", "a")));
    }
  }

  private static Token token(String text, int start) {
    return new Token(text, start, start + text.length());
  }

  @Test
  void tokensWithoutCharactersHaveTheStateOfTheirPlace() {
    TokenizedText text =
        new TokenizedText(
            "ab", List.of(new Token("-", 0, 0), new Token("-", 1, 1), new Token("-", 2, 2)));
    try (LanguageModel forward = model(Reading.FORWARD);
        LanguageModel backward = model(Reading.BACKWARD)) {
      float[] before = forward.states().read(List.of(text)).get(0);
      requireState(before, 0, straight(forward, List.of()));
      requireState(before, 1, straight(forward, List.of("a")));
      requireState(before, 2, straight(forward, List.of("a", "b")));
      float[] after = backward.states().read(List.of(text)).get(0);
      requireState(after, 0, straight(backward, List.of("b", "a")));
      requireState(after, 1, straight(backward, List.of("b")));
      requireState(after, 2, straight(backward, List.of()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyTextsOfAllLengthsAreReadAsEachAlone(Reading reading) {
    WordTokenizer words = new WordTokenizer(Normalizer.NONE, Contractions.SPLIT);
    List<TokenizedText> texts = new ArrayList<>();
    String letters = "abc 北京是👍🏽ß\nx.";
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 40; i++) {
      StringBuilder text = new StringBuilder();
      int length = i == 7 ? 5000 : random.nextInt(60);
      while (text.length() < length) {
        int at = random.nextInt(letters.codePointCount(0, letters.length()));
        text.appendCodePoint(letters.codePointAt(letters.offsetByCodePoints(0, at)));
      }
      texts.add(new TokenizedText(text.toString(), words.tokenize(text.toString())));
    }
    try (LanguageModel model = model(reading)) {
      List<float[]> together = model.states().read(texts);
      for (int i = 0; i < texts.size(); i++) {
        TokenizedText text = texts.get(i);
        assertThat(together.get(i)).hasSize(text.tokens().size() * UNITS);
        int[] last = {text.tokens().size() - 1, text.tokens().size() / 2};
        for (int token : text.tokens().isEmpty() ? new int[0] : last) {
          requireState(together.get(i), token, straight(model, read(text, token, reading)));
        }
      }
    }
  }

  /** The graphemes that a model has read when it has read a token. */
  private static List<String> read(TokenizedText text, int token, Reading reading) {
    Token place = text.tokens().get(token);
    List<String> all = new ArrayList<>();
    String part =
        reading == Reading.FORWARD
            ? text.text().substring(0, place.end())
            : text.text().substring(place.start());
    for (int from = 0; from < part.length(); ) {
      int to = Graphemes.next(part, from);
      all.add(part.substring(from, to));
      from = to;
    }
    if (reading == Reading.BACKWARD) {
      Collections.reverse(all);
    }
    return all;
  }

  @Test
  void nothingGivesNothing() {
    try (LanguageModel model = model(Reading.FORWARD)) {
      assertThat(model.states().read(List.of())).isEmpty();
      assertThat(model.states().read(List.of(new TokenizedText("", List.of()))).get(0)).isEmpty();
    }
  }

  @Test
  void aBackwardModelWritesNoText() {
    try (LanguageModel model = model(Reading.BACKWARD)) {
      assertThatThrownBy(model::session).hasMessageContaining("cannot continue one");
    }
  }
}
