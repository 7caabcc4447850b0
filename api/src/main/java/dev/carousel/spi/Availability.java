package dev.carousel.spi;

import org.jspecify.annotations.Nullable;

/** The answer of a probe. */
public sealed interface Availability {
  /**
   * It can be opened.
   *
   * @param device what was found, with versions, in one line
   */
  record Available(String device) implements Availability {}

  /**
   * It cannot.
   *
   * @param reason what was found and what is needed, one sentence
   * @param remedy what to do about it, one sentence
   * @param cause the failure behind it, if one was thrown
   */
  record Unavailable(String reason, String remedy, @Nullable Throwable cause)
      implements Availability {}
}
