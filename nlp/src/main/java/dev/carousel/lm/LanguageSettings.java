package dev.carousel.lm;

import dev.carousel.model.SettingsText;
import dev.carousel.model.TaskSettings;
import dev.carousel.nn.ValueDropout;
import dev.carousel.rnn.Precision;
import dev.carousel.text.BpeTokenizer;
import dev.carousel.text.HuggingFaceTokenizer;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.Vocabulary;
import dev.carousel.train.TrainingSettings;
import dev.carousel.train.TrainingSettings.Limits;
import java.util.List;
import java.util.SortedMap;

/**
 * Everything that decides what a language model becomes, given the same text.
 *
 * @param text from text to tokens
 * @param architecture the network
 * @param regularisation what is dropped and penalised while it trains
 * @param learning how it learns
 * @param precision the arithmetic
 */
public record LanguageSettings(
    LanguageText text,
    LanguageArchitecture architecture,
    LanguageRegularisation regularisation,
    LanguageLearning learning,
    Precision precision)
    implements TaskSettings {
  /** Words of some megabytes of text, on a desk machine. */
  public static final LanguageSettings WORDS = of(LanguageText.WORDS);

  /** Characters, likewise. */
  public static final LanguageSettings CHARACTERS = of(LanguageText.CHARACTERS);

  /** Subwords, likewise. */
  public static final LanguageSettings SUBWORDS = of(LanguageText.SUBWORDS);

  private static LanguageSettings of(LanguageText text) {
    LanguageDropout dropout = LanguageDropout.everywhere(ValueDropout.Kind.LOCKED, 0.3);
    return new LanguageSettings(
        text,
        LanguageArchitecture.DEFAULT,
        new LanguageRegularisation(dropout, 0, 0, 0),
        LanguageLearning.DEFAULT,
        Precision.F32);
  }

  /** Checks that nothing is ignored. */
  public LanguageSettings {
    if (regularisation.dropout().between() > 0 && architecture.layers() == 1) {
      throw new IllegalArgumentException(
          "dropout between layers needs at least two layers; drop the output of one instead");
    }
    if (regularisation.weights() > 0 && !architecture.cells().plain()) {
      throw new IllegalArgumentException(
          "weight drop is for plain cells: leave it out, or recurrent and candidate dropout,"
              + " zoneout, layer norm and peepholes");
    }
    if (learning.unrolling().context() > 0 && regularisation.size() + regularisation.change() > 0) {
      throw new IllegalArgumentException(
          "AR and TAR are for windows that carry their state, not for sliding ones");
    }
  }

  /** The same with this text. */
  public LanguageSettings withText(LanguageText other) {
    return new LanguageSettings(other, architecture, regularisation, learning, precision);
  }

  /** The same with this network. */
  public LanguageSettings withArchitecture(LanguageArchitecture other) {
    return new LanguageSettings(text, other, regularisation, learning, precision);
  }

  /** The same with this dropped and penalised. */
  public LanguageSettings withRegularisation(LanguageRegularisation other) {
    return new LanguageSettings(text, architecture, other, learning, precision);
  }

  /** The same, with the network and the tokens of a trained model. */
  public LanguageSettings continuing(Pretrained model) {
    Tokenizer tokenizer = model.tokenizer();
    int merges = tokenizer instanceof BpeTokenizer bpe ? bpe.merges() : 0;
    LanguageText same =
        new LanguageText(model.level(), tokenizer, merges, 1, Vocabulary.MAX_SIZE, model.reading());
    return withText(same).withArchitecture(model.architecture());
  }

  /** The same, its layers learning like this. */
  public LanguageSettings withFineTuning(FineTuning tuning) {
    boolean tied = architecture.output() == LanguageArchitecture.Output.TIED;
    // a tied embedding is the output's matrix and learns with it; one-hot input has nothing to
    // learn
    List<String> head = tied ? List.of("output.", "embedding.") : List.of("output.");
    List<String> foot = tied || architecture.embedding() == 0 ? List.of() : List.of("embedding.");
    return withLearning(
        learning.withTraining(tuning.of(training(), head, architecture.layers(), foot)));
  }

  /** The same, learning like this. */
  public LanguageSettings withLearning(LanguageLearning other) {
    return new LanguageSettings(text, architecture, regularisation, other, precision);
  }

  /** The same in this arithmetic. */
  public LanguageSettings withPrecision(Precision other) {
    return new LanguageSettings(text, architecture, regularisation, learning, other);
  }

  /** The same for this many epochs. */
  public LanguageSettings withEpochs(int epochs) {
    return withLearning(learning.withTraining(training().withLimits(Limits.epochs(epochs))));
  }

  /** The same with this seed. */
  public LanguageSettings withSeed(long seed) {
    return withLearning(learning.withTraining(training().withSeed(seed)));
  }

  @Override
  public TrainingSettings training() {
    return learning.training();
  }

  private String tokenizerName() {
    return text.tokenizer() instanceof HuggingFaceTokenizer file
        ? file.describe()
        : text.tokenizer().spec().kind();
  }

  @Override
  public SortedMap<String, String> describe() {
    LanguageDropout drop = regularisation.dropout();
    return new SettingsText()
        .put("level", text.level())
        .put("tokenizer", tokenizerName())
        .put("merges", text.merges())
        .put("direction", text.reading())
        .put("normalize", text.tokenizer().spec().normalizer())
        .put("min-count", text.minCount())
        .put("max-vocabulary", text.maxVocabulary())
        .put("cell", architecture.cell())
        .put("layers", architecture.layers())
        .put("hidden", architecture.hidden())
        .put("embedding", architecture.embedding())
        .cells(architecture.cells())
        .put("tied", architecture.output() == LanguageArchitecture.Output.TIED)
        .put("dropout-kind", drop.kind())
        .put("input-dropout", drop.input())
        .put("layer-dropout", drop.between())
        .put("output-dropout", drop.output())
        .put("embedding-dropout", drop.words())
        .put("weight-drop", regularisation.weights())
        .put("ar", regularisation.size())
        .put("tar", regularisation.change())
        .put("batch", learning.rows())
        .put("unrolling", learning.unrolling().kind())
        .put("steps", learning.unrolling().steps())
        .put("stride", learning.unrolling().stride())
        .put("loss-mean", learning.mean())
        .put("init-range", learning.initRange())
        .training(learning.training())
        .precision(precision)
        .toMap();
  }
}
