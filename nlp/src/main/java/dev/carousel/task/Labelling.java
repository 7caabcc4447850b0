package dev.carousel.task;

/** How many labels a text has. */
public enum Labelling {
  /** Exactly one: the scores are a softmax and sum to 1. */
  SINGLE,
  /** Any number: each score is a sigmoid of its own. */
  MULTI
}
