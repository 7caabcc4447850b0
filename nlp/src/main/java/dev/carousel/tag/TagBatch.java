package dev.carousel.tag;

import dev.carousel.data.TaggedSentence;
import java.util.ArrayList;
import java.util.List;

/**
 * What one training step reads, in host memory.
 *
 * @param sentences N encoded sentences
 * @param tags the ids of each one's tags; none where they are to be found
 * @param intents the id of each one's label; empty without labels
 */
record TagBatch(List<EncodedSentence> sentences, List<int[]> tags, List<Integer> intents) {
  /**
   * Sentences of a model with these parts, with the tags and intents they have.
   *
   * @param sentences the same, encoded
   */
  static TagBatch of(
      TaggerParts parts, List<TaggedSentence> examples, List<EncodedSentence> sentences) {
    List<String> intents = parts.config().intents();
    List<int[]> ids = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (TaggedSentence sentence : examples) {
      ids.add(parts.network().tags().ids(sentence.tags()));
      if (!intents.isEmpty()) {
        labels.add(intents.indexOf(sentence.label()));
      }
    }
    return new TagBatch(sentences, ids, labels);
  }

  long tokens() {
    return sentences.stream().mapToLong(EncodedSentence::size).sum();
  }
}
