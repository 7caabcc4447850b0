package dev.carousel.task;

import dev.carousel.data.DataSet;
import java.util.List;

/**
 * A data set as numbers.
 *
 * @param name for messages
 * @param texts token ids of each text
 * @param labels label ids of each text
 */
record LabelledTexts(String name, List<int[]> texts, List<int[]> labels) {
  /**
   * Encodes a data set.
   *
   * @throws IllegalArgumentException if it is empty or has a label that {@code known} has not
   */
  static LabelledTexts of(DataSet data, TextEncoder encoder, Labels known) {
    if (data.size() == 0) {
      throw new IllegalArgumentException(data.name() + " has no examples");
    }
    return new LabelledTexts(
        data.name(),
        encoder.encode(data),
        data.examples().stream().map(example -> known.ids(example, data.name())).toList());
  }

  int size() {
    return texts.size();
  }

  long tokens() {
    return texts.stream().mapToLong(text -> text.length).sum();
  }

  int[] lengths() {
    return texts.stream().mapToInt(text -> text.length).toArray();
  }
}
