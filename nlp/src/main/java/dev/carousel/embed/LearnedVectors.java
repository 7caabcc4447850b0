package dev.carousel.embed;

import dev.carousel.store.Provenance;
import dev.carousel.text.TokenizerSpec;
import dev.carousel.text.Vocabulary;

/**
 * Vectors that were learned from a text.
 *
 * @param vocabulary V words by falling frequency, after the reserved ones
 * @param words how many words of the text they stand for
 * @param size E, features of a vector
 * @param rows the vector of each word, [V][E]; zeros for the reserved ones
 * @param tokenizer what cut the text
 * @param provenance where they come from
 */
@SuppressWarnings("ArrayRecordComponent") // a table, handed on and never compared
public record LearnedVectors(
    Vocabulary vocabulary,
    long words,
    int size,
    float[][] rows,
    TokenizerSpec tokenizer,
    Provenance provenance) {
  /** Rows that no word of a text has: padding and the unknown word. */
  static final int RESERVED = 2;

  /** The name of the loss among the metrics. */
  static final String LOSS = "train.loss";

  /** Words that have a vector. */
  public int count() {
    return rows.length - RESERVED;
  }

  /** The loss of the last epoch, see {@link SkipGramTrainer.Epoch#loss}. */
  public double loss() {
    return provenance.metrics().getOrDefault(LOSS, Double.NaN);
  }
}
