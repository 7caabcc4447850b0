package dev.carousel.lm;

import dev.carousel.rnn.Precision;
import dev.carousel.text.TokenizerSpec;

/**
 * What a model directory says of a language model beside its weights and its vocabulary.
 *
 * @param task always {@link #TASK}
 * @param level what tokens are
 * @param tokenizer cuts a line
 * @param reading from which end texts are read
 * @param architecture the network
 * @param regularisation what was dropped and penalised while it trained
 * @param context tokens that a prediction looks at; 0 where the state is carried
 * @param precision the arithmetic it was trained in
 */
record LanguageConfig(
    String task,
    Level level,
    TokenizerSpec tokenizer,
    Reading reading,
    LanguageArchitecture architecture,
    LanguageRegularisation regularisation,
    int context,
    Precision precision) {
  /** The name of the task in a model's configuration. */
  static final String TASK = "lm";

  /** Checks the range. */
  LanguageConfig {
    if (context < 0) {
      throw new IllegalArgumentException("context must be 0 or more, not " + context);
    }
  }

  static LanguageConfig of(LanguageSettings settings, LanguageCodec codec) {
    return new LanguageConfig(
        TASK,
        codec.level(),
        codec.tokenizer().spec(),
        codec.reading(),
        settings.architecture(),
        settings.regularisation(),
        settings.learning().unrolling().context(),
        settings.precision());
  }

  /** The same in this arithmetic. */
  LanguageConfig withPrecision(Precision p) {
    return new LanguageConfig(
        task, level, tokenizer, reading, architecture, regularisation, context, p);
  }
}
