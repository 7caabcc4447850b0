package dev.carousel.task;

import dev.carousel.lm.FineTuning;
import dev.carousel.lm.LanguageArchitecture;
import dev.carousel.lm.Pretrained;
import dev.carousel.model.SettingsText;
import dev.carousel.model.TaskSettings;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.train.ConstantRate;
import dev.carousel.train.LayerGroup;
import dev.carousel.train.LayerGroups;
import dev.carousel.train.TrainingSettings;
import dev.carousel.train.TrainingSettings.Limits;
import java.util.List;
import java.util.SortedMap;

/**
 * Everything that decides what a text classifier becomes, given the same data.
 *
 * @param text from text to tokens
 * @param architecture the network
 * @param regularisation what is dropped while it trains
 * @param learning how it learns
 * @param precision the arithmetic
 */
public record ClassifierSettings(
    TextSettings text,
    Architecture architecture,
    Regularisation regularisation,
    LearningSettings learning,
    Precision precision)
    implements TaskSettings {
  /** A bidirectional LSTM over words that does well on a few thousand short English texts. */
  public static final ClassifierSettings DEFAULT =
      new ClassifierSettings(
          TextSettings.DEFAULT,
          Architecture.DEFAULT,
          Regularisation.DEFAULT,
          LearningSettings.DEFAULT,
          Precision.F32);

  /** The same, reading text like this. */
  public ClassifierSettings withText(TextSettings other) {
    return new ClassifierSettings(other, architecture, regularisation, learning, precision);
  }

  /** The same with this network. */
  public ClassifierSettings withArchitecture(Architecture other) {
    return new ClassifierSettings(text, other, regularisation, learning, precision);
  }

  /**
   * The same, reading text as this language model does and with its encoder: its embedding and its
   * recurrent layers, forwards.
   *
   * @throws IllegalArgumentException if it cannot be an encoder
   */
  public ClassifierSettings withEncoderOf(Pretrained model) {
    LanguageArchitecture theirs = model.architecture();
    TextSettings same =
        new TextSettings(model.tokenizer(), 1, model.vocabulary().size(), text.maxTokens());
    return withText(same)
        .withArchitecture(
            new Architecture(
                theirs.embedding(),
                theirs.cell(),
                Direction.FORWARD,
                theirs.layers(),
                model.encoderUnits(),
                architecture.pooling(),
                architecture.attentionHeads(),
                theirs.cells()));
  }

  /** The same, its layers learning like this. */
  public ClassifierSettings withFineTuning(FineTuning tuning) {
    List<String> head = List.of("output.", "attention.", "self_attention.");
    return withLearning(
        learning.withTraining(
            tuning.of(training(), head, architecture.layers(), List.of("embedding."))));
  }

  /** The same with this dropped while it trains. */
  public ClassifierSettings withRegularisation(Regularisation other) {
    return new ClassifierSettings(text, architecture, other, learning, precision);
  }

  /** The same, learning like this. */
  public ClassifierSettings withLearning(LearningSettings other) {
    return new ClassifierSettings(text, architecture, regularisation, other, precision);
  }

  /** The same with this many texts a batch. */
  public ClassifierSettings withBatch(int batch) {
    return withLearning(learning.withBatch(batch));
  }

  /** The same at this constant learning rate. */
  public ClassifierSettings withLearningRate(double rate) {
    TrainingSettings t = learning.training();
    return withLearning(learning.withTraining(t.withSchedule(new ConstantRate(rate))));
  }

  /** The same in this arithmetic. */
  public ClassifierSettings withPrecision(Precision other) {
    return new ClassifierSettings(text, architecture, regularisation, learning, other);
  }

  /** The same for this many epochs. */
  public ClassifierSettings withEpochs(int epochs) {
    return withLearning(
        learning.withTraining(learning.training().withLimits(Limits.epochs(epochs))));
  }

  /** The same with the tokens' features left as they begin, say as pretrained vectors. */
  public ClassifierSettings withFrozenEmbedding() {
    LayerGroup table = LayerGroup.of(ClassifierNetwork.EMBEDDING + ".").frozen();
    return withLearning(
        learning.withTraining(training().withGroups(LayerGroups.of(LayerGroup.of(""), table))));
  }

  /**
   * The same, keeping the last epoch: for training on all texts there are.
   *
   * @throws IllegalArgumentException if something follows the accuracy while it trains
   */
  public ClassifierSettings withoutSelection() {
    return withLearning(learning.withTraining(training().withoutSelection()));
  }

  @Override
  public TrainingSettings training() {
    return learning.training();
  }

  /** The same with this seed. */
  public ClassifierSettings withSeed(long seed) {
    return withLearning(learning.withTraining(learning.training().withSeed(seed)));
  }

  @Override
  public SortedMap<String, String> describe() {
    return new SettingsText()
        .put("tokenizer", text.describeTokenizer())
        .put("normalize", text.tokenizer().spec().normalizer())
        .put("min-count", text.minCount())
        .put("max-vocabulary", text.maxVocabulary())
        .put("max-tokens", text.maxTokens())
        .put("cell", architecture.cell().name())
        .put("direction", architecture.direction().name())
        .put("layers", architecture.layers())
        .put("hidden", architecture.hidden())
        .put("embedding", architecture.embedding())
        .put("pooling", architecture.pooling().name())
        .put("self-attention", architecture.attentionHeads())
        .cells(architecture.cells())
        .put("dropout", regularisation.dropout())
        .put("locked-dropout", regularisation.locked())
        .put("embedding-dropout", regularisation.embedding())
        .put("word-dropout", regularisation.word())
        .put("batch", learning.batch())
        .put("class-weights", learning.loss().classWeights().name())
        .put("label-smoothing", learning.loss().smoothing())
        .put("focal-gamma", learning.loss().focus())
        .put("sample", learning.sampling().name())
        .training(learning.training())
        .precision(precision)
        .toMap();
  }
}
