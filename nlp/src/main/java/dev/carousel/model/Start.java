package dev.carousel.model;

/** Where training begins when there is a checkpoint. */
public enum Start {
  /** At the beginning; the checkpoint will be replaced. */
  FRESH,
  /** Where the checkpoint left off; at the beginning if there is none yet. */
  RESUME
}
