package dev.carousel.cli;

import dev.carousel.data.DataSet;
import dev.carousel.data.SourceFile;
import dev.carousel.data.Split;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The labelled texts of one training.
 *
 * @param train what to learn from
 * @param dev what selects the best epoch; null to keep the last one
 * @param test what to measure the result on; null for the selecting texts, and without those for
 *     the texts it learned from
 */
record TextSets(DataSet train, @Nullable DataSet dev, @Nullable DataSet test) {
  /** The parts of a split, and what to measure on. */
  static TextSets of(Split split, @Nullable DataSet test) {
    return new TextSets(split.train(), split.heldOut(), test);
  }

  /** What the result is measured on. */
  DataSet measured() {
    return test != null ? test : dev != null ? dev : train;
  }

  /** Its name: {@code test}, {@code dev} or {@code train}. */
  String measuredOn() {
    return test != null ? "test" : dev != null ? "dev" : "train";
  }

  /** How many there are, in one clause. */
  String announcement() {
    return "%d texts to learn from, %s to select by%s"
        .formatted(
            train.size(),
            dev == null ? "none" : dev.size(),
            test != null
                ? ", " + test.size() + " to measure on"
                : dev == null ? ", measured on those it learns from" : "");
  }

  /** The files it learns from and is selected by. */
  List<SourceFile> sources() {
    List<SourceFile> all = new ArrayList<>(train.sources());
    if (dev != null) {
      all.addAll(dev.sources());
    }
    return all;
  }
}
