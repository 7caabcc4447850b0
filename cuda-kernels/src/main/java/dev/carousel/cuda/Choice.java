package dev.carousel.cuda;

import java.util.ArrayList;
import java.util.List;

/**
 * An implementation of a recurrent network in cuDNN.
 *
 * @param algorithm how the steps are run
 * @param layout how sequences are described; with full rows both mean the same memory
 */
record Choice(Algorithm algorithm, Layout layout) {
  /** What every network can be run with. */
  static final Choice STANDARD = new Choice(Algorithm.STANDARD, Layout.UNPACKED);

  /** cuDNN's algorithms. */
  enum Algorithm {
    /** One product a step. */
    STANDARD,
    /** One kernel for all steps that keeps the weights on the chip. */
    PERSIST_STATIC,
    /** The same, compiled for the shape when it is planned. */
    PERSIST_DYNAMIC,
    /** For small hidden sizes. */
    PERSIST_STATIC_SMALL_H
  }

  /** cuDNN's descriptions of time-major sequences. */
  enum Layout {
    /** With room for padding. */
    UNPACKED,
    /** Without. */
    PACKED
  }

  /** All there are. */
  static List<Choice> all() {
    List<Choice> all = new ArrayList<>();
    for (Algorithm a : Algorithm.values()) {
      for (Layout l : Layout.values()) {
        all.add(new Choice(a, l));
      }
    }
    return all;
  }

  /**
   * From its text.
   *
   * @throws IllegalArgumentException if it is no choice
   */
  static Choice parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not an algorithm and a layout: " + text);
    }
    return new Choice(
        Algorithm.valueOf(text.substring(0, slash)), Layout.valueOf(text.substring(slash + 1)));
  }

  /** For example {@code STANDARD/UNPACKED}. */
  @Override
  public String toString() {
    return algorithm + "/" + layout;
  }
}
