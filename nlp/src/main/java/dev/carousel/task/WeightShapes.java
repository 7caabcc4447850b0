package dev.carousel.task;

import dev.carousel.store.SafeTensors;
import dev.carousel.store.TensorEntry;
import java.nio.file.Path;
import java.util.List;

/**
 * Compares a configuration's sizes with the weights' header before memory is taken for them: a
 * damaged configuration must end in a message, not in an exhausted heap.
 */
record WeightShapes(Path directory, SafeTensors weights) {
  /**
   * Requires that the largest parameters have the sizes that {@code config} names.
   *
   * @param words V
   */
  void require(ClassifierConfig config, int words) {
    Architecture a = config.architecture();
    long rows = (long) a.cell().gates() * a.hidden();
    require("embedding.weight", words, a.embedding());
    require("rnn.weight_ih_l0", rows, a.embedding());
    require("rnn.weight_hh_l0", rows, a.hidden());
    require("output.weight", config.labels().size(), (long) a.hidden() * a.direction().count());
    if (a.layers() > weights.tensors().size()) {
      throw ClassifierFiles.foreign(
          directory, "config.json names " + a.layers() + " layers, which the weights have not");
    }
  }

  private void require(String name, long rows, long columns) {
    TensorEntry found = weights.tensor(name);
    if (!found.shape().equals(List.of(rows, columns))) {
      throw ClassifierFiles.foreign(
          directory,
          "tensor %s has shape %s, but config.json and vocabulary.txt ask for [%d, %d]"
              .formatted(name, found.shape(), rows, columns));
    }
  }
}
