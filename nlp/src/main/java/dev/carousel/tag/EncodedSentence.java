package dev.carousel.tag;

/**
 * A sentence of T tokens as numbers.
 *
 * @param words T ids
 * @param shapes T ids of {@link WordShape}
 * @param characters the ids of each token's characters
 * @param features for each further column T ids
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record EncodedSentence(int[] words, int[] shapes, int[][] characters, int[][] features) {
  int size() {
    return words.length;
  }

  /** The same with other words, as word dropout makes it. */
  EncodedSentence withWords(int[] other) {
    return new EncodedSentence(other, shapes, characters, features);
  }
}
