package dev.carousel.translate;

import dev.carousel.data.PairSet;
import java.util.List;

/**
 * A set of pairs as numbers.
 *
 * @param sources token ids of each source
 * @param targets token ids of each target
 */
record EncodedPairs(List<int[]> sources, List<int[]> targets) {
  /**
   * Encodes a set.
   *
   * @throws IllegalArgumentException if it is empty
   */
  static EncodedPairs of(PairSet data, LearnedLanguages text) {
    if (data.size() == 0) {
      throw new IllegalArgumentException(data.name() + " has no pairs");
    }
    return new EncodedPairs(
        data.pairs().stream().map(p -> text.source().encode(p.source())).toList(),
        data.pairs().stream().map(p -> text.target().encode(p.target())).toList());
  }

  int size() {
    return sources.size();
  }

  /** Source and target together, by which batches are made. */
  int length(int i) {
    return sources.get(i).length + targets.get(i).length;
  }

  PairBatch batch(List<Integer> members) {
    return new PairBatch(
        members.stream().map(sources::get).toList(),
        members.stream().map(targets::get).toList(),
        0,
        0);
  }
}
