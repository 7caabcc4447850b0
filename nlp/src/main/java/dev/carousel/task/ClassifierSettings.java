package dev.carousel.task;

import dev.carousel.rnn.Precision;
import dev.carousel.text.BpeTokenizer;
import dev.carousel.text.TokenizerSpec;
import dev.carousel.train.ConstantRate;
import dev.carousel.train.TrainingSettings;
import dev.carousel.train.TrainingSettings.Limits;
import java.util.SortedMap;
import java.util.TreeMap;

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
    Precision precision) {
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
    return withLearning(new LearningSettings(batch, learning.loss(), learning.training()));
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

  /**
   * Every setting by its name on the command line, as text: for provenance and for comparing runs.
   */
  public SortedMap<String, String> describe() {
    SortedMap<String, String> all = new TreeMap<>();
    TokenizerSpec tokenizer = text.tokenizer().spec();
    Object option =
        text.tokenizer() instanceof BpeTokenizer bpe ? bpe.merges() : tokenizer.option();
    all.put("tokenizer", tokenizer.kind() + ":" + option);
    all.put("normalize", tokenizer.normalizer());
    all.put("min-count", String.valueOf(text.minCount()));
    all.put("max-vocabulary", String.valueOf(text.maxVocabulary()));
    all.put("max-tokens", String.valueOf(text.maxTokens()));
    all.put("cell", architecture.cell().name());
    all.put("direction", architecture.direction().name());
    all.put("layers", String.valueOf(architecture.layers()));
    all.put("hidden", String.valueOf(architecture.hidden()));
    all.put("embedding", String.valueOf(architecture.embedding()));
    all.put("pooling", architecture.pooling().name());
    all.put("dropout", String.valueOf(regularisation.dropout()));
    all.put("locked-dropout", String.valueOf(regularisation.locked()));
    all.put("embedding-dropout", String.valueOf(regularisation.embedding()));
    all.put("word-dropout", String.valueOf(regularisation.word()));
    all.put("batch", String.valueOf(learning.batch()));
    all.put("class-weights", learning.loss().classWeights().name());
    all.put("label-smoothing", String.valueOf(learning.loss().smoothing()));
    all.put("epochs", String.valueOf(learning.training().limits().epochs()));
    all.put("optimizer", learning.training().rule().toString());
    all.put("schedule", learning.training().schedule().toString());
    all.put("clip", String.valueOf(learning.training().clipNorm()));
    all.put("accumulate", String.valueOf(learning.training().accumulation()));
    all.put("seed", String.valueOf(learning.training().seed()));
    all.put("precision", precision.name());
    return all;
  }
}
