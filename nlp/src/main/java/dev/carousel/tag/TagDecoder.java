package dev.carousel.tag;

/** What turns scores of single tags into a sequence of them. */
public enum TagDecoder {
  /**
   * A conditional random field: scores of transitions are learned with those of the tags (Huang et
   * al. 2015).
   */
  CRF,
  /** Each tag on its own while learning; the best sequence that keeps to the scheme afterwards. */
  SOFTMAX
}
