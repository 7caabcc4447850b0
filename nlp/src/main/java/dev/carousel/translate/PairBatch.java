package dev.carousel.translate;

import java.util.List;

/**
 * What one training step reads, in host memory.
 *
 * @param sources token ids of each source
 * @param targets token ids of each target, without begin and end
 * @param samplingRate probability that the decoder reads its own guess
 * @param seed of these coins
 */
record PairBatch(List<int[]> sources, List<int[]> targets, double samplingRate, long seed) {
  /** Target tokens, each with its end. */
  long targetTokens() {
    return targets.stream().mapToLong(t -> t.length + 1).sum();
  }
}
