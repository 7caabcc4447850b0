package dev.carousel.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.data.Corpus;
import dev.carousel.lm.LanguageArchitecture.Output;
import dev.carousel.rnn.Cell;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.train.ConstantRate;
import dev.carousel.train.TrainingSettings;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A language model whose training goes on with other text. */
class PretrainedTest {
  private static final Corpus TARGET =
      Corpus.of("target", "one two six\none two seven\none two six\n".repeat(8));

  @TempDir private static Path directory;
  private static Backend backend;
  private static LanguageModel model;
  private static Pretrained pretrained;

  @BeforeAll
  static void pretrain() {
    backend = Backends.named("reference");
    model = train(Rhymes.tiny(LanguageText.WORDS, 5), "lm");
    pretrained = Pretrained.read(directory.resolve("lm"));
  }

  private static LanguageModel train(LanguageSettings settings, String name) {
    LanguageModel trained =
        LanguageModel.train(Rhymes.corpus(30), Rhymes.corpus(6), settings, backend);
    trained.save(directory.resolve(name));
    return trained;
  }

  @AfterAll
  static void close() {
    model.close();
    backend.close();
  }

  private static LanguageModel goOn(double rate, int newTokens, Corpus text) {
    LanguageSettings settings = Rhymes.tiny(LanguageText.WORDS, 6).continuing(pretrained);
    TrainingSettings slow = settings.training().withSchedule(new ConstantRate(rate));
    settings = settings.withLearning(settings.learning().withTraining(slow));
    return new LanguageTrainer(settings, backend)
        .from(pretrained, newTokens)
        .fit(text, text)
        .model();
  }

  @Test
  void atARateOfNextToNothingItIsTheSameModel() {
    try (LanguageModel same = goOn(1e-12, 0, Rhymes.corpus(30))) {
      assertThat(same.evaluate(Rhymes.corpus(6)).loss())
          .isCloseTo(model.evaluate(Rhymes.corpus(6)).loss(), within(1e-6));
      assertThat(same.provenance().data()).containsKey("lm/model.safetensors");
    }
  }

  @Test
  void itLearnsTheTargetText() {
    try (LanguageModel tuned = goOn(0.01, 0, TARGET)) {
      assertThat(tuned.evaluate(TARGET).loss()).isLessThan(model.evaluate(TARGET).loss() / 2);
    }
  }

  @Test
  void newTokensAreThoseThatOccurOftenEnoughAndBeginAsTheMean() {
    LanguageCodec extended = pretrained.codec().extended(TARGET, 10);
    assertThat(extended.vocabulary().tokens())
        .startsWith(pretrained.vocabulary().tokens().toArray(String[]::new))
        .hasSize(pretrained.vocabulary().size() + 1)
        .endsWith("six");
    LanguageSettings settings = Rhymes.tiny(LanguageText.WORDS, 1);
    LanguageConfig config = LanguageConfig.of(settings, extended);
    try (LanguageParts parts = LanguageParts.create(config, extended, backend, 0, 7)) {
      pretrained.copyInto(parts.parameters());
      float[] all = parts.parameters().download();
      int words = pretrained.vocabulary().size();
      int offset = (int) parts.parameters().parameter("embedding.weight").offset();
      for (int c = 0; c < 12; c++) {
        double sum = 0;
        for (int w = 0; w < words; w++) {
          sum += all[offset + w * 12 + c];
        }
        assertThat((double) all[offset + words * 12 + c]).isCloseTo(sum / words, within(1e-6));
      }
      float[] bias = model.parts().parameters().download();
      int theirs = (int) model.parts().parameters().parameter("output.bias").offset();
      int ours = (int) parts.parameters().parameter("output.bias").offset();
      assertThat(Arrays.copyOfRange(all, ours, ours + words))
          .isEqualTo(Arrays.copyOfRange(bias, theirs, theirs + words));
    }
    try (LanguageModel tuned = goOn(0.03, 10, TARGET)) {
      assertThat(tuned.generate("one two", 1, dev.carousel.decode.Sampling.GREEDY)).contains("six");
    }
  }

  @Test
  void aModelOfOneHotTokensIsNoEncoderAndLearnsNoNewOnes() {
    LanguageSettings oneHot =
        Rhymes.tiny(LanguageText.WORDS, 1)
            .withArchitecture(new LanguageArchitecture(Cell.LSTM, 0, 6, 1, Output.SEPARATE));
    train(oneHot, "one-hot").close();
    Pretrained read = Pretrained.read(directory.resolve("one-hot"));
    assertThatThrownBy(read::encoderUnits)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one-hot");
    assertThatThrownBy(() -> new LanguageTrainer(oneHot, backend).from(read, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one-hot");
  }

  @Test
  void layersOfDifferentWidthsAreRefusedAsAnEncoder() {
    train(Rhymes.regularised(LanguageText.WORDS, 1), "widths").close();
    assertThatThrownBy(Pretrained.read(directory.resolve("widths"))::encoderUnits)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[12, 8]")
        .hasMessageContaining("--no-tied");
  }
}
