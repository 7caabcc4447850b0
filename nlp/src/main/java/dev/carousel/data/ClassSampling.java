package dev.carousel.data;

/**
 * How often the texts of each label are learned from in an epoch, where each text has one label.
 */
public enum ClassSampling {
  /** Each text once. */
  NATURAL,
  /** As many texts in all, each label's share the same. */
  BALANCED,
  /** Each label as often as the most frequent one: the texts of rare labels come again. */
  OVER,
  /** Each label as often as the rarest one: of frequent labels other texts come each epoch. */
  UNDER
}
