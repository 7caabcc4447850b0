package dev.carousel.decode;

/** Whether hypotheses come with what they looked at; keeping it takes memory for every step. */
public enum AttentionMaps {
  /** Without. */
  DROPPED,
  /** With. */
  KEPT
}
