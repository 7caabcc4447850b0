package dev.carousel.embed;

import dev.carousel.text.Vocabulary;
import java.util.Arrays;

/**
 * The words that get a vector.
 *
 * @param vocabulary V words, the two reserved ones included
 * @param counts how often each occurs, [V]; 0 for the reserved ones
 * @param known the row of each number that {@link WordCounter} gave; −1 for none
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record CountedWords(Vocabulary vocabulary, long[] counts, int[] known) {
  int id(int counted) {
    return known[counted];
  }

  /** How many words of the text have a vector. */
  long total() {
    return Arrays.stream(counts).sum();
  }
}
