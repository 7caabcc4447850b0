package dev.carousel.translate;

import dev.carousel.eval.BleuTokenizer;
import dev.carousel.nn.EncoderDecoderSettings.Dropouts;
import dev.carousel.rnn.Precision;
import dev.carousel.text.TokenizerSpec;

/**
 * What a model directory says of a translator beside its weights and its vocabularies.
 *
 * @param task always {@link #TASK}
 * @param source how the source is cut
 * @param target how the target is cut
 * @param sharing whether there is one vocabulary
 * @param architecture the network
 * @param dropout what was dropped while it trained
 * @param scoring how BLEU cuts text
 * @param precision the arithmetic it was trained in
 */
public record TranslatorConfig(
    String task,
    Side source,
    Side target,
    VocabularySharing sharing,
    TranslatorArchitecture architecture,
    Dropouts dropout,
    BleuTokenizer scoring,
    Precision precision) {
  /** The name of the task. */
  static final String TASK = "translate";

  /**
   * One side's text.
   *
   * @param tokenizer cuts it
   * @param maxTokens the most tokens read or written
   */
  public record Side(TokenizerSpec tokenizer, int maxTokens) {
    /** Checks the range. */
    public Side {
      if (maxTokens < 1) {
        throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
      }
    }

    static Side of(TextCodec codec, String side) {
      TokenizerSpec spec = codec.tokenizer().spec();
      return new Side(
          spec.file().isEmpty() ? spec : spec.withFile(side + spec.file()), codec.maxTokens());
    }
  }

  static TranslatorConfig of(TranslatorSettings settings, LearnedLanguages text) {
    return new TranslatorConfig(
        TASK,
        Side.of(text.source(), TranslatorFiles.SOURCE),
        Side.of(
            text.target(),
            settings.text().sharing() == VocabularySharing.SHARED
                ? TranslatorFiles.SOURCE
                : TranslatorFiles.TARGET),
        settings.text().sharing(),
        settings.architecture(),
        settings.learning().dropout(),
        settings.scoring(),
        settings.precision());
  }

  /** The same in this arithmetic. */
  public TranslatorConfig withPrecision(Precision p) {
    return new TranslatorConfig(task, source, target, sharing, architecture, dropout, scoring, p);
  }
}
