package dev.carousel.tag;

import dev.carousel.model.SettingsText;
import dev.carousel.model.TaskSettings;
import dev.carousel.rnn.Precision;
import dev.carousel.task.Regularisation;
import dev.carousel.train.Adam;
import dev.carousel.train.ConstantRate;
import dev.carousel.train.Goal;
import dev.carousel.train.Selection;
import dev.carousel.train.TrainingSettings;
import dev.carousel.train.TrainingSettings.Limits;
import java.util.SortedMap;

/**
 * Everything that decides what a tagger becomes, given the same data.
 *
 * @param words from text to words
 * @param architecture the network
 * @param regularisation what is dropped while it trains
 * @param learning how it learns
 * @param precision the arithmetic
 */
public record TaggerSettings(
    WordSettings words,
    TaggerArchitecture architecture,
    Regularisation regularisation,
    TaggerLearning learning,
    Precision precision)
    implements TaskSettings {
  /** A BiLSTM-CRF with character features that does well on a few thousand sentences. */
  public static final TaggerSettings DEFAULT =
      new TaggerSettings(
          WordSettings.DEFAULT,
          TaggerArchitecture.DEFAULT,
          new Regularisation(0.5, 0, 0, 0.05),
          new TaggerLearning(
              16,
              1,
              TrainingSettings.of(Adam.DEFAULT, new ConstantRate(0.001), 15)
                  .withClipNorm(5)
                  .withSelection(Selection.best(SequenceTagger.SCORE, Goal.MAXIMIZE))),
          Precision.F32);

  /** The same, reading words like this. */
  public TaggerSettings withWords(WordSettings other) {
    return new TaggerSettings(other, architecture, regularisation, learning, precision);
  }

  /** The same with this network. */
  public TaggerSettings withArchitecture(TaggerArchitecture other) {
    return new TaggerSettings(words, other, regularisation, learning, precision);
  }

  /** The same with this dropped while it trains. */
  public TaggerSettings withRegularisation(Regularisation other) {
    return new TaggerSettings(words, architecture, other, learning, precision);
  }

  /** The same, learning like this. */
  public TaggerSettings withLearning(TaggerLearning other) {
    return new TaggerSettings(words, architecture, regularisation, other, precision);
  }

  /** The same with this seed. */
  public TaggerSettings withSeed(long seed) {
    return withLearning(learning.withTraining(training().withSeed(seed)));
  }

  /** The same for this many epochs. */
  public TaggerSettings withEpochs(int epochs) {
    return withLearning(learning.withTraining(training().withLimits(Limits.epochs(epochs))));
  }

  @Override
  public TrainingSettings training() {
    return learning.training();
  }

  @Override
  public SortedMap<String, String> describe() {
    TaggerArchitecture a = architecture;
    return new SettingsText()
        .put("tokenizer", words.tokenizer().describe())
        .put("normalize", words.normalizer().spec())
        .put("min-count", words.minCount())
        .put("max-vocabulary", words.maxVocabulary())
        .put("embedding", a.embedding())
        .put("feature-embedding", a.feature())
        .put("shapes", a.shapes())
        .put("characters", a.characters())
        .put("cell", a.recurrent().cell())
        .put("direction", a.recurrent().direction())
        .put("layers", a.recurrent().layers())
        .put("hidden", a.recurrent().hidden())
        .cells(a.recurrent().cells())
        .put("self-attention", a.attentionHeads())
        .put("decoder", a.decoder())
        .put("scheme", a.scheme())
        .put("table", a.table())
        .put("dropout", regularisation.dropout())
        .put("locked-dropout", regularisation.locked())
        .put("embedding-dropout", regularisation.embedding())
        .put("word-dropout", regularisation.word())
        .put("batch", learning.batch())
        .put("intent-weight", learning.intentWeight())
        .training(learning.training())
        .precision(precision)
        .toMap();
  }
}
