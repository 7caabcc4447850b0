package dev.carousel.task;

import dev.carousel.rnn.Precision;
import dev.carousel.text.TokenizerSpec;
import java.util.List;

/**
 * What a model directory says of a text classifier beside its weights and its vocabulary.
 *
 * @param task always {@link #TASK}
 * @param tokenizer cuts the text
 * @param maxTokens how many tokens of a text are read
 * @param architecture the network
 * @param regularisation what was dropped while it trained
 * @param precision the arithmetic it was trained in
 * @param labelling how many labels a text has
 * @param labels their names, in the order of the network's outputs
 */
record ClassifierConfig(
    String task,
    TokenizerSpec tokenizer,
    int maxTokens,
    Architecture architecture,
    Regularisation regularisation,
    Precision precision,
    Labelling labelling,
    List<String> labels) {
  /** The name of the task in a model's configuration. */
  static final String TASK = "classify";

  /** Copies and checks. */
  ClassifierConfig {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
    }
    labels = new Labels(labels, labelling).names();
  }

  static ClassifierConfig of(ClassifierSettings settings, Labels labels) {
    return new ClassifierConfig(
        TASK,
        settings.text().tokenizer().spec(),
        settings.text().maxTokens(),
        settings.architecture(),
        settings.regularisation(),
        settings.precision(),
        labels.labelling(),
        labels.names());
  }

  /** The same with the tokenizer as its files are named in a model directory. */
  ClassifierConfig withTokenizer(TokenizerSpec spec) {
    return new ClassifierConfig(
        task, spec, maxTokens, architecture, regularisation, precision, labelling, labels);
  }

  /** The same in this arithmetic. */
  ClassifierConfig withPrecision(Precision p) {
    return new ClassifierConfig(
        task, tokenizer, maxTokens, architecture, regularisation, p, labelling, labels);
  }

  Labels labelSet() {
    return new Labels(labels, labelling);
  }
}
