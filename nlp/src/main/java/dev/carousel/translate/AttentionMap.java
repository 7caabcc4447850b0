package dev.carousel.translate;

import java.util.List;

/**
 * How much each written token looked at each token that was read.
 *
 * @param source the tokens that were read
 * @param target the tokens that were written, and last the end
 * @param weights [target, source], rows that sum to 1; no rows if maps were not asked for
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AttentionMap(List<String> source, List<String> target, float[][] weights) {
  /** Copies the lists. */
  public AttentionMap {
    source = List.copyOf(source);
    target = List.copyOf(target);
  }

  /** The source token that written token {@code j} looked at most, the first of equals. */
  int strongest(int j) {
    int best = 0;
    for (int i = 1; i < weights[j].length; i++) {
      if (weights[j][i] > weights[j][best]) {
        best = i;
      }
    }
    return best;
  }
}
