package dev.carousel.translate;

import dev.carousel.autograd.ParameterSet;
import dev.carousel.model.EvalPool;
import dev.carousel.nn.EncoderDecoder;
import dev.carousel.spi.Backend;

/** What a translator is made of; it owns parameters, plans and evaluations, not the backend. */
final class TranslatorParts implements AutoCloseable {
  private final TranslatorConfig config;
  private final LearnedLanguages text;
  private final EncoderDecoder network;
  private final ParameterSet parameters;
  private final EvalPool evals;

  private TranslatorParts(
      TranslatorConfig config,
      LearnedLanguages text,
      EncoderDecoder network,
      ParameterSet parameters) {
    this.config = config;
    this.text = text;
    this.network = network;
    this.parameters = parameters;
    this.evals = new EvalPool(parameters.backend());
  }

  /** Allocates a network and initialises it from {@code seed}. */
  static TranslatorParts create(
      TranslatorConfig config, LearnedLanguages text, Backend backend, long seed) {
    ParameterSet.Builder set = ParameterSet.builder(config.precision());
    int sourceWords = text.source().vocabulary().size();
    int targetWords = text.target().vocabulary().size();
    EncoderDecoder network =
        new EncoderDecoder(
            set, config.architecture().network(sourceWords, targetWords, config.dropout()));
    return new TranslatorParts(config, text, network, set.build(backend, seed));
  }

  TranslatorConfig config() {
    return config;
  }

  LearnedLanguages text() {
    return text;
  }

  EncoderDecoder network() {
    return network;
  }

  ParameterSet parameters() {
    return parameters;
  }

  EvalPool evals() {
    return evals;
  }

  @Override
  public void close() {
    evals.close();
    parameters.close();
  }
}
