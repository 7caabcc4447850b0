package dev.carousel.model;

import dev.carousel.inspect.AttentionTrace;
import java.util.Arrays;
import java.util.List;

/**
 * What one head of an attention layer looked at, with the tokens.
 *
 * @param layer what its parameters' names begin with
 * @param head from 0
 * @param queries what looked: Q tokens, or one name for the whole text
 * @param keys what was looked at: T tokens
 * @param weights [Q, T], rows that sum to 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AttentionView(
    String layer, int head, List<String> queries, List<String> keys, float[][] weights) {
  /** What stands for the whole text where that is what looks. */
  public static final String TEXT = "(text)";

  /** Copies the lists. */
  public AttentionView {
    queries = List.copyOf(queries);
    keys = List.copyOf(keys);
  }

  /** A trace with its tokens; queries of padding are left out. */
  public static AttentionView of(AttentionTrace trace, List<String> queries, List<String> keys) {
    float[][] weights = Arrays.copyOf(trace.weights(), queries.size());
    return new AttentionView(trace.layer(), trace.head(), queries, keys, weights);
  }
}
