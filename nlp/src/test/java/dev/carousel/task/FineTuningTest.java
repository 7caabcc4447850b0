package dev.carousel.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.data.ClassSampling;
import dev.carousel.data.DataSet;
import dev.carousel.lm.FineTuning;
import dev.carousel.lm.FineTuning.Unfreezing;
import dev.carousel.lm.LanguageModel;
import dev.carousel.lm.Pretrained;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.store.SafeTensors;
import dev.carousel.train.Adam;
import dev.carousel.train.SlantedTriangle;
import dev.carousel.train.TrainingSettings;
import dev.carousel.train.TrainingSettings.Limits;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A classifier that begins with a language model. */
class FineTuningTest {
  /** One batch, and so one optimizer step, an epoch. */
  private static final DataSet FEW = Nouns.labelled(0, 3);

  @TempDir private static Path directory;
  private static Backend backend;
  private static Pretrained pretrained;

  @BeforeAll
  static void pretrain() {
    backend = Backends.named("reference");
    try (LanguageModel model = Nouns.languageModel(backend, 12)) {
      model.save(directory.resolve("lm"));
    }
    pretrained = Pretrained.read(directory.resolve("lm"));
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  private static ClassifierSettings settings(int epochs) {
    TrainingSettings training =
        TrainingSettings.of(Adam.DEFAULT, SlantedTriangle.of(0.02, epochs), epochs);
    return ClassifierSettings.DEFAULT
        .withArchitecture(
            new Architecture(12, Cell.LSTM, Direction.FORWARD, 1, 12, TextPooling.CONCAT))
        .withRegularisation(Regularisation.NONE)
        .withLearning(new LearningSettings(8, ClassSampling.NATURAL, LossSettings.PLAIN, training));
  }

  private static TextClassifier tuned(ClassifierSettings settings) {
    return new ClassifierTrainer(settings, backend).from(pretrained).fit(FEW, FEW).model();
  }

  @Test
  void itKnowsWordsWithoutALabelThatAModelFromScratchCannotKnow() {
    DataSet unlabelled = Nouns.labelled(3, Nouns.COUNT);
    ClassifierSettings fineTuned =
        settings(30).withEncoderOf(pretrained).withFineTuning(FineTuning.GRADUAL);
    try (TextClassifier model = tuned(fineTuned);
        TextClassifier scratch = TextClassifier.train(FEW, FEW, settings(30), backend)) {
      assertThat(scratch.evaluate(FEW).accuracy()).isEqualTo(1);
      assertThat(scratch.evaluate(unlabelled).accuracy()).isEqualTo(0.5);
      assertThat(model.evaluate(unlabelled).accuracy()).isGreaterThan(0.9);
      assertThat(model.vocabularySize()).isEqualTo(pretrained.vocabulary().size());
      assertThat(model.provenance().data()).containsKey("lm/model.safetensors");
    }
  }

  @Test
  void withoutUnfreezingTheEncoderKeepsEveryBitOfTheLanguageModel() {
    Map<String, float[]> theirs = weights(directory.resolve("lm"));
    Map<String, float[]> ours = afterSteps(Unfreezing.NONE, 5);
    ours.forEach(
        (name, values) -> {
          if (!name.startsWith("output.")) {
            assertThat(Arrays.equals(values, theirs.get(name))).as(name).isTrue();
          }
        });
    float[] before = afterSteps(Unfreezing.NONE, 4).get("output.weight");
    assertThat(Arrays.equals(ours.get("output.weight"), before)).isFalse();
  }

  @Test
  void eachEpochUnfreezesOneLayerMoreFromTheOutputDown() {
    Map<String, float[]> theirs = weights(directory.resolve("lm"));
    String layer = "rnn.weight_ih_l0";
    String words = "embedding.weight";
    Map<String, float[]> first = afterSteps(Unfreezing.GRADUAL, 1);
    Map<String, float[]> second = afterSteps(Unfreezing.GRADUAL, 2);
    Map<String, float[]> third = afterSteps(Unfreezing.GRADUAL, 3);
    assertThat(Arrays.equals(first.get(layer), theirs.get(layer))).isTrue();
    assertThat(Arrays.equals(second.get(layer), theirs.get(layer))).isFalse();
    assertThat(Arrays.equals(second.get(words), theirs.get(words))).isTrue();
    assertThat(Arrays.equals(third.get(words), theirs.get(words))).isFalse();
  }

  private static Map<String, float[]> afterSteps(Unfreezing unfreezing, int steps) {
    ClassifierSettings all =
        settings(5).withEncoderOf(pretrained).withFineTuning(new FineTuning(unfreezing, 2.6));
    TrainingSettings stopped = all.training().withLimits(new Limits(5, steps, 0));
    Path folder = directory.resolve(unfreezing + "-" + steps);
    try (TextClassifier model = tuned(all.withLearning(all.learning().withTraining(stopped)))) {
      model.save(folder);
    }
    return weights(folder);
  }

  private static Map<String, float[]> weights(Path model) {
    Map<String, float[]> all = new TreeMap<>();
    try (SafeTensors file = SafeTensors.open(model.resolve("model.safetensors"))) {
      file.tensors().keySet().forEach(name -> all.put(name, file.floats(name)));
    }
    return all;
  }

  @Test
  void lowerLayersLearnMoreSlowlyByTheDecay() {
    TrainingSettings training =
        settings(5).withFineTuning(new FineTuning(Unfreezing.ALL, 2)).training();
    assertThat(training.groups().groups())
        .extracting(group -> group.rateFactor())
        .containsExactly(1.0, 0.5, 0.25);
  }

  @Test
  void aNetworkOfAnotherShapeIsRefusedWithBoth() {
    ClassifierSettings other =
        settings(5)
            .withArchitecture(
                new Architecture(12, Cell.LSTM, Direction.FORWARD, 1, 13, TextPooling.CONCAT));
    assertThatThrownBy(() -> new ClassifierTrainer(other, backend).from(pretrained))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hidden=13")
        .hasMessageContaining("hidden=12");
    assertThatThrownBy(() -> new ClassifierTrainer(settings(5), backend).from(pretrained))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("word:split")
        .hasMessageContaining("whitespace");
  }

  @Test
  void tooFewEpochsToReachTheLowestLayerAreRefused() {
    assertThatThrownBy(() -> settings(2).withFineTuning(FineTuning.GRADUAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 groups")
        .hasMessageContaining("2 epochs");
  }
}
