package dev.carousel.lm;

import dev.carousel.autograd.ParameterSet;
import dev.carousel.data.Corpus;
import dev.carousel.model.EvalPool;
import dev.carousel.spi.Backend;

/** What a language model is made of; it owns parameters, plans and evaluations, not the backend. */
final class LanguageParts implements AutoCloseable {
  private static final double NANOS = 1e9;

  private final LanguageConfig config;
  private final LanguageCodec codec;
  private final LanguageNetwork network;
  private final ParameterSet parameters;
  private final EvalPool evals;
  private final LanguageScorer scorer;

  private LanguageParts(
      LanguageConfig config,
      LanguageCodec codec,
      LanguageNetwork network,
      ParameterSet parameters) {
    this.config = config;
    this.codec = codec;
    this.network = network;
    this.parameters = parameters;
    this.evals = new EvalPool(parameters.backend());
    this.scorer = new LanguageScorer(network, evals, config.context());
  }

  /**
   * Allocates a network and initialises it from {@code seed}.
   *
   * @param initRange as {@link LanguageLearning} says
   */
  static LanguageParts create(
      LanguageConfig config, LanguageCodec codec, Backend backend, double initRange, long seed) {
    ParameterSet.Builder set = ParameterSet.builder(config.precision());
    LanguageNetwork network =
        new LanguageNetwork(set, config, codec.vocabulary().size(), initRange);
    return new LanguageParts(config, codec, network, set.build(backend, seed));
  }

  LanguageConfig config() {
    return config;
  }

  LanguageCodec codec() {
    return codec;
  }

  LanguageNetwork network() {
    return network;
  }

  ParameterSet parameters() {
    return parameters;
  }

  LanguageScorer scorer() {
    return scorer;
  }

  EvalPool evals() {
    return evals;
  }

  /** See {@link LanguageModel#evaluate(Corpus, int)}. */
  LanguageEvaluation evaluate(Corpus text, int rows) {
    long begun = System.nanoTime();
    int[] stream = codec.stream(text);
    if (stream.length < 2 || rows < 1) {
      throw new IllegalArgumentException(
          "%s has %d tokens to measure on, and %d rows read it: there must be 1 of each"
              .formatted(text.name(), stream.length - 1, rows));
    }
    double nats = scorer.nats(stream, Math.min(rows, stream.length - 1));
    double seconds = (System.nanoTime() - begun) / NANOS;
    return new LanguageEvaluation(nats, stream.length - 1, codec.characters(text), seconds);
  }

  @Override
  public void close() {
    evals.close();
    parameters.close();
  }
}
