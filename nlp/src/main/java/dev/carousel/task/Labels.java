package dev.carousel.task;

import dev.carousel.data.DataSet;
import dev.carousel.data.Example;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The labels of a classifier: label c is column c of its output. */
final class Labels {
  private final List<String> names;
  private final Labelling labelling;
  private final Map<String, Integer> ids = new HashMap<>();

  Labels(List<String> names, Labelling labelling) {
    this.names = List.copyOf(names);
    this.labelling = labelling;
    for (String name : names) {
      if (ids.put(name, ids.size()) != null) {
        throw new IllegalArgumentException("the label '" + name + "' is listed twice");
      }
    }
    if (names.size() < 2 && labelling == Labelling.SINGLE) {
      throw new IllegalArgumentException(
          "a classifier needs at least two labels to choose from, not " + names);
    }
  }

  /** The labels that occur in {@code train}; several in one example make the data multi-label. */
  static Labels of(DataSet train) {
    boolean several = train.examples().stream().anyMatch(example -> example.labels().size() > 1);
    return new Labels(train.labelCounts().labels(), several ? Labelling.MULTI : Labelling.SINGLE);
  }

  List<String> names() {
    return names;
  }

  Labelling labelling() {
    return labelling;
  }

  int size() {
    return names.size();
  }

  /**
   * The ids of an example's labels.
   *
   * @param data the data set's name, for the message
   * @throws IllegalArgumentException if a label is none of these, or there are several where each
   *     text has one
   */
  int[] ids(Example example, String data) {
    if (labelling == Labelling.SINGLE && example.labels().size() > 1) {
      throw new IllegalArgumentException(
          data + ": an example has the labels " + example.labels() + ", but the model gives one");
    }
    return example.labels().stream().mapToInt(label -> id(label, data)).toArray();
  }

  private int id(String label, String data) {
    Integer id = ids.get(label);
    if (id == null) {
      throw new IllegalArgumentException(
          data + ": the label '" + label + "' is none of the model's " + size() + ": " + shown());
    }
    return id;
  }

  /**
   * The id of a label.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  int id(String label) {
    Integer id = ids.get(label);
    if (id == null) {
      throw new IllegalArgumentException(
          "the label '" + label + "' is none of the model's " + size() + ": " + shown());
    }
    return id;
  }

  private String shown() {
    return String.join(", ", names.subList(0, Math.min(names.size(), 20)))
        + (names.size() > 20 ? " …" : "");
  }
}
