package dev.carousel.data;

import java.util.List;

/**
 * A text and what it was labelled with.
 *
 * @param text the text as it stood in the file; it may be empty
 * @param labels the labels, at least one, none blank, none twice; several only in multi-label data
 */
public record Example(String text, List<String> labels) {
  /** Copies and checks the labels. */
  public Example {
    labels = List.copyOf(labels);
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("an example needs at least one label");
    }
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      if (label.isBlank() || labels.indexOf(label) < i) {
        throw new IllegalArgumentException("blank or repeated label in " + labels);
      }
    }
  }

  /**
   * An example with one label.
   *
   * @param text the text
   * @param label its label, not blank
   * @return the example
   */
  public static Example of(String text, String label) {
    return new Example(text, List.of(label));
  }

  /**
   * Returns the only label.
   *
   * @throws IllegalStateException if there are several: the data is multi-label
   */
  public String label() {
    if (labels.size() != 1) {
      throw new IllegalStateException(
          "this example has " + labels.size() + " labels, " + labels + ": use labels()");
    }
    return labels.get(0);
  }
}
