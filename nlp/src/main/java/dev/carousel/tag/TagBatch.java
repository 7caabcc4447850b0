package dev.carousel.tag;

import java.util.List;

/**
 * What one training step reads, in host memory.
 *
 * @param sentences N encoded sentences
 * @param tags the ids of each one's tags; none where they are to be found
 * @param intents the id of each one's label; empty without labels
 */
record TagBatch(List<EncodedSentence> sentences, List<int[]> tags, List<Integer> intents) {
  long tokens() {
    return sentences.stream().mapToLong(EncodedSentence::size).sum();
  }
}
