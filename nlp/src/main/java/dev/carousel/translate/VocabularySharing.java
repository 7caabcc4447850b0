package dev.carousel.translate;

/** Whether both sides have the same tokens. */
public enum VocabularySharing {
  /** Each side its own segmentation and vocabulary. */
  SEPARATE,
  /** The source's segmentation, learned from both sides, and one vocabulary. */
  SHARED
}
