package dev.carousel.tag;

/** What a word's characters tell about it. */
public enum CharacterFeatures {
  /** Nothing: words that training has not seen are alike. */
  NONE,
  /** A bidirectional LSTM over the characters, where each direction ends (Lample et al. 2016). */
  LSTM,
  /** A convolution over the characters, its maximum over the word (Ma and Hovy 2016). */
  CNN
}
