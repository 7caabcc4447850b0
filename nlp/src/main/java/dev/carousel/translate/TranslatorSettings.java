package dev.carousel.translate;

import dev.carousel.eval.BleuTokenizer;
import dev.carousel.model.SettingsText;
import dev.carousel.model.TaskSettings;
import dev.carousel.nn.EncoderDecoderSettings;
import dev.carousel.nn.EncoderDecoderSettings.Dropouts;
import dev.carousel.nn.EncoderDecoderSettings.Tying;
import dev.carousel.rnn.Precision;
import dev.carousel.train.TrainingSettings;
import dev.carousel.train.TrainingSettings.Limits;
import java.util.SortedMap;

/**
 * Everything that decides what a translator becomes, given the same data.
 *
 * @param text both sides' tokens
 * @param architecture the network
 * @param learning how it learns
 * @param scoring how BLEU cuts text
 * @param precision the arithmetic
 */
public record TranslatorSettings(
    Languages text,
    TranslatorArchitecture architecture,
    TranslatorLearning learning,
    BleuTokenizer scoring,
    Precision precision)
    implements TaskSettings {
  /**
   * Both sides.
   *
   * @param source what is read
   * @param target what is written; with a shared vocabulary only its limit of tokens matters
   * @param sharing whether they share their tokens
   */
  public record Languages(Language source, Language target, VocabularySharing sharing) {}

  /** Subwords for each side, which does well on tens of thousands of sentences. */
  public static final TranslatorSettings DEFAULT =
      new TranslatorSettings(
          new Languages(Language.SUBWORDS, Language.SUBWORDS, VocabularySharing.SEPARATE),
          TranslatorArchitecture.DEFAULT,
          TranslatorLearning.DEFAULT,
          BleuTokenizer.V13A,
          Precision.F32);

  /** Checks that the parts go together. */
  public TranslatorSettings {
    if (architecture.tying() == Tying.ALL && text.sharing() != VocabularySharing.SHARED) {
      throw new IllegalArgumentException(
          "one embedding for both sides needs a shared vocabulary (--tie all, --share-vocabulary)");
    }
    if (learning.sampling().last() > 0) {
      EncoderDecoderSettings.requireStepwise(architecture.cells(), "scheduled sampling");
    }
  }

  /** The same, reading and writing text like this. */
  public TranslatorSettings withText(Languages other) {
    return new TranslatorSettings(other, architecture, learning, scoring, precision);
  }

  /** The same with this network. */
  public TranslatorSettings withArchitecture(TranslatorArchitecture other) {
    return new TranslatorSettings(text, other, learning, scoring, precision);
  }

  /** The same, learning like this. */
  public TranslatorSettings withLearning(TranslatorLearning other) {
    return new TranslatorSettings(text, architecture, other, scoring, precision);
  }

  /** The same with this training. */
  public TranslatorSettings withTraining(TrainingSettings other) {
    return withLearning(learning.withTraining(other));
  }

  /** The same for this many epochs. */
  public TranslatorSettings withEpochs(int epochs) {
    return withTraining(training().withLimits(Limits.epochs(epochs)));
  }

  /** The same with this seed. */
  public TranslatorSettings withSeed(long seed) {
    return withTraining(training().withSeed(seed));
  }

  /** The same, scored like this. */
  public TranslatorSettings withScoring(BleuTokenizer other) {
    return new TranslatorSettings(text, architecture, learning, other, precision);
  }

  @Override
  public TrainingSettings training() {
    return learning.training();
  }

  @Override
  public SortedMap<String, String> describe() {
    SettingsText all = new SettingsText();
    describe(all, "source-", text.source());
    describe(all, "target-", text.target());
    Dropouts dropout = learning.dropout();
    return all.put("share-vocabulary", text.sharing())
        .put("cell", architecture.cell())
        .put("direction", architecture.direction())
        .put("layers", architecture.size().layers())
        .put("hidden", architecture.size().hidden())
        .put("embedding", architecture.size().embedding())
        .put("attention", architecture.score())
        .put("input-feeding", architecture.feeding())
        .put("tie", architecture.tying())
        .cells(architecture.cells())
        .put("dropout-embedding", dropout.embedding())
        .put("dropout-memory", dropout.memory())
        .put("dropout-output", dropout.output())
        .put("dropout-layers", dropout.layers())
        .put("label-smoothing", learning.smoothing())
        .put("scheduled-sampling", learning.sampling())
        .put("batch", learning.batch())
        .put("bleu-tokenizer", scoring.signature())
        .training(learning.training())
        .precision(precision)
        .toMap();
  }

  private static void describe(SettingsText all, String side, Language l) {
    all.put(side + "tokenizer", l.segmentation().describe())
        .put(side + "normalize", l.segmentation().normalizer())
        .put(side + "min-count", l.minCount())
        .put(side + "max-vocabulary", l.maxVocabulary())
        .put(side + "max-tokens", l.maxTokens());
  }
}
