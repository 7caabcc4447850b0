package dev.carousel.task;

import dev.carousel.autograd.ParameterSet;
import dev.carousel.model.EvalPool;
import dev.carousel.spi.Backend;

/**
 * What a text classifier is made of; it owns parameters, plans and evaluations, not the backend.
 */
final class ClassifierParts implements AutoCloseable {
  private final ClassifierConfig config;
  private final TextEncoder encoder;
  private final Labels labels;
  private final ClassifierNetwork network;
  private final ParameterSet parameters;
  private final Scorer scorer;

  private ClassifierParts(
      ClassifierConfig config,
      TextEncoder encoder,
      ClassifierNetwork network,
      ParameterSet parameters) {
    this.config = config;
    this.encoder = encoder;
    this.labels = config.labelSet();
    this.network = network;
    this.parameters = parameters;
    this.scorer = new Scorer(network, new EvalPool(parameters.backend()));
  }

  /** Allocates a network and initialises it from {@code seed}. */
  static ClassifierParts create(
      ClassifierConfig config, TextEncoder encoder, Backend backend, long seed) {
    ParameterSet.Builder set = ParameterSet.builder(config.precision());
    ClassifierNetwork network =
        new ClassifierNetwork(
            set,
            config.architecture(),
            config.regularisation(),
            encoder.vocabulary().size(),
            config.labels().size());
    return new ClassifierParts(config, encoder, network, set.build(backend, seed));
  }

  /** The same again, with parameters of its own. */
  ClassifierParts copy() {
    ClassifierParts copy = create(config, encoder, parameters.backend(), 0);
    try {
      copy.parameters.upload(parameters.download());
      return copy;
    } catch (RuntimeException | Error e) {
      copy.close();
      throw e;
    }
  }

  /** What updates and looks inside minimise: plain cross entropy. The caller closes it. */
  ClassifierTask plainTask() {
    return new ClassifierTask(parameters.backend(), network, labels, null, LossSettings.PLAIN);
  }

  ClassifierConfig config() {
    return config;
  }

  TextEncoder encoder() {
    return encoder;
  }

  Labels labels() {
    return labels;
  }

  ClassifierNetwork network() {
    return network;
  }

  ParameterSet parameters() {
    return parameters;
  }

  Scorer scorer() {
    return scorer;
  }

  Evaluation evaluate(LabelledTexts data) {
    return new ClassifierEvaluator(labels, scorer).evaluate(data);
  }

  @Override
  public void close() {
    scorer.close();
    parameters.close();
  }
}
