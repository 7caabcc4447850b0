package dev.carousel.tag;

import dev.carousel.rnn.Precision;
import dev.carousel.task.Regularisation;
import dev.carousel.text.TokenizerSpec;
import java.util.List;

/**
 * What a model directory says of a tagger beside its weights and its vocabularies.
 *
 * @param task always {@link #TASK}
 * @param tokenizer cuts plain text
 * @param normalizer of words, as {@link dev.carousel.text.Normalizer#spec} gives it
 * @param features names of the further columns it reads
 * @param architecture the network
 * @param regularisation what was dropped while it trained
 * @param precision the arithmetic it was trained in
 * @param scheme of the data's tags, and of its answers
 * @param tags in the order of the network's outputs, in the scheme that was learned
 * @param intents likewise; empty for none
 */
record TaggerConfig(
    String task,
    TokenizerSpec tokenizer,
    String normalizer,
    List<String> features,
    TaggerArchitecture architecture,
    Regularisation regularisation,
    Precision precision,
    TagScheme scheme,
    List<String> tags,
    List<String> intents) {
  /** The name of the task in a model's configuration. */
  static final String TASK = "tag";

  /** Copies. */
  TaggerConfig {
    features = List.copyOf(features);
    tags = List.copyOf(tags);
    intents = List.copyOf(intents);
  }

  /** The same in this arithmetic. */
  TaggerConfig withPrecision(Precision p) {
    return new TaggerConfig(
        task,
        tokenizer,
        normalizer,
        features,
        architecture,
        regularisation,
        p,
        scheme,
        tags,
        intents);
  }

  TagSet tagSet() {
    return new TagSet(tags, architecture.scheme().of(scheme));
  }
}
