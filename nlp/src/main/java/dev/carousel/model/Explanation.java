package dev.carousel.model;

import dev.carousel.inspect.Saliency;
import java.util.List;

/**
 * How much each token mattered to a score.
 *
 * @param of whose score, for people: a label, tags, a next token, what was written
 * @param score a classifier's logit, the sum of a tagger's emissions, the natural log probability
 *     of a next token or of what a translator writes
 * @param tokens T tokens
 * @param saliency by the vector that the recurrent network reads for each token
 */
public record Explanation(String of, double score, List<String> tokens, Saliency saliency) {
  /** Copies the list. */
  public Explanation {
    tokens = List.copyOf(tokens);
  }
}
