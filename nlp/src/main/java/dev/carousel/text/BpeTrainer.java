package dev.carousel.text;

import dev.carousel.text.BpePieces.Piece;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Learns the merges of a {@link BpeTokenizer}: again and again, the most frequent pair of
 * neighbours becomes one symbol. Of equally frequent pairs the one whose left, then right symbol
 * comes first in string order is taken, so the same text gives the same merges. Not thread safe.
 */
public final class BpeTrainer {
  private final Normalizer normalizer;
  private final Map<String, Long> pieces = new HashMap<>();

  /**
   * Starts counting.
   *
   * @param normalizer what is done to text first, here and in the tokenizer
   */
  public BpeTrainer(Normalizer normalizer) {
    this.normalizer = Objects.requireNonNull(normalizer, "normalizer");
  }

  /**
   * Counts a text's pieces.
   *
   * @param text any text
   * @return this trainer
   */
  public BpeTrainer add(String text) {
    for (Piece piece : BpePieces.of(normalizer.apply(text).text())) {
      if (piece.mergeable()) {
        pieces.merge(piece.text(), 1L, Long::sum);
      }
    }
    return this;
  }

  /**
   * Learns from what was counted.
   *
   * @param merges the most merges to learn, at least 0; the vocabulary grows by one token each
   * @param minCount how often a pair must occur to be merged, at least 1; 2 is usual
   * @return the tokenizer
   */
  public BpeTokenizer train(int merges, long minCount) {
    if (merges < 0 || minCount < 1) {
      throw new IllegalArgumentException(
          "merges must be at least 0 and minCount at least 1: " + merges + ", " + minCount);
    }
    return new BpeTokenizer(normalizer, new BpePairs(pieces).learn(merges, minCount));
  }
}
