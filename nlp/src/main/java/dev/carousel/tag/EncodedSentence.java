package dev.carousel.tag;

import dev.carousel.text.TokenizedText;
import org.jspecify.annotations.Nullable;

/**
 * A sentence of T tokens as numbers.
 *
 * @param words T ids
 * @param shapes T ids of {@link WordShape}
 * @param characters the ids of each token's characters
 * @param features for each further column T ids
 * @param place the text that the tokens stand in
 * @param states [T, C], what {@link Contextual} says of the tokens; null if it was not asked yet
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record EncodedSentence(
    int[] words,
    int[] shapes,
    int[][] characters,
    int[][] features,
    TokenizedText place,
    float @Nullable [] states) {
  int size() {
    return words.length;
  }

  /** The same with other words, as word dropout makes it. */
  EncodedSentence withWords(int[] other) {
    return new EncodedSentence(other, shapes, characters, features, place, states);
  }

  /** The same with these contextual features. */
  EncodedSentence withStates(float[] contextual) {
    return new EncodedSentence(words, shapes, characters, features, place, contextual);
  }
}
