package dev.carousel.chat;

/**
 * How a chatbot behaves.
 *
 * @param confidence below which it does not say what it wrote: the geometric mean of the
 *     probabilities of its tokens, 0 to 1
 * @param similarity from which a known question counts as what was asked, 0 to 1
 * @param memory how many of its own last answers it does not repeat, at least 0
 * @param unknown what it says when it does not know
 */
public record ChatOptions(double confidence, double similarity, int memory, String unknown) {
  /** Half sure, half alike, two answers, "I don't know." */
  public static final ChatOptions DEFAULT = new ChatOptions(0.5, 0.5, 2, "I don't know.");

  /** Checks the ranges. */
  public ChatOptions {
    if (!(confidence >= 0 && confidence <= 1) || !(similarity >= 0 && similarity <= 1)) {
      throw new IllegalArgumentException(
          "confidence and similarity must be 0 to 1, not " + confidence + " and " + similarity);
    }
    if (memory < 0 || unknown.isBlank()) {
      throw new IllegalArgumentException(
          "the memory must be at least 0 and there must be words for not knowing: "
              + memory
              + ", '"
              + unknown
              + "'");
    }
  }
}
