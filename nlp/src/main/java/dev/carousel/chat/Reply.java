package dev.carousel.chat;

import dev.carousel.text.Extent;

/**
 * What a chatbot says.
 *
 * @param text the words
 * @param origin where they come from
 * @param confidence for WRITTEN the mean probability of a token, for RETRIEVED the similarity of
 *     the question, for UNKNOWN the best confidence that was too low; 0 to 1
 * @param extent how much of the conversation the network has read; what was just said is cut only
 *     where it is too long by itself
 */
public record Reply(String text, Origin origin, double confidence, Extent extent) {
  /** Where an answer comes from. */
  public enum Origin {
    /** The network wrote it. */
    WRITTEN,
    /** It was the answer to the nearest known question. */
    RETRIEVED,
    /** Neither was sure enough. */
    UNKNOWN
  }
}
