package dev.carousel.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags of {@code predict}: how answers are given. Each task says which of them it heeds. */
final class PredictFlags {
  @Option(
      names = "--top",
      paramLabel = "K",
      description = {
        "Classifiers: print the K best labels with their probabilities",
        "(default: 1, with --json all)."
      })
  private @Nullable Integer top;

  @Option(
      names = "--json",
      description = {
        "Print a JSON object a line. Classifiers: text, label, scores, and labels if there may",
        "be several."
      })
  private boolean json;

  /**
   * Checks the flags.
   *
   * @throws IllegalArgumentException naming the flag that is wrong
   */
  PredictFlags checked() {
    if (top != null && top < 1) {
      throw new IllegalArgumentException("--top must be at least 1, not " + top);
    }
    return this;
  }

  /** How many labels to print with their probabilities; 0 if nobody asked. */
  int top() {
    return top == null ? 0 : top;
  }

  boolean json() {
    return json;
  }
}
