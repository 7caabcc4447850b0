package dev.carousel.embed;

/** The formats that word vectors are published in. */
public enum VectorFormat {
  /** A word and its numbers a line, separated by spaces: GloVe. */
  GLOVE,
  /**
   * The same under a first line with the number of words and of features: word2vec's text format,
   * and fastText's {@code .vec}.
   */
  WORD2VEC,
  /** The same first line, then each word, a space, and its numbers as little-endian floats. */
  WORD2VEC_BINARY
}
