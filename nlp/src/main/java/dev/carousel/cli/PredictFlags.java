package dev.carousel.cli;

import dev.carousel.data.Columns;
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
      names = "--columns",
      paramLabel = "NAMES",
      description = {
        "Taggers: read CoNLL instead of lines of text, with these columns, as in token,pos,tag;",
        "the tag's may be absent."
      })
  private @Nullable String columns;

  @Option(
      names = "--json",
      description = {
        "Print a JSON object a line. Classifiers: text, label, scores, and labels if there may",
        "be several. Taggers: text, tokens, tags, spans with their place in the text, and intent.",
        "Language models: text, perplexity, bitsPerCharacter, loss, tokens."
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
    if (columns != null) {
      Columns.parse(columns);
    }
    return this;
  }

  /** The columns of CoNLL input; null for plain text. */
  @Nullable Columns columns() {
    return columns == null ? null : Columns.parse(columns);
  }

  /** How many labels to print with their probabilities; 0 if nobody asked. */
  int top() {
    return top == null ? 0 : top;
  }

  boolean json() {
    return json;
  }
}
