package dev.carousel.data;

import java.util.List;

/**
 * What two sides said in turn.
 *
 * @param turns at least two, none blank
 */
public record Dialogue(List<String> turns) {
  /** Copies the turns. */
  public Dialogue {
    turns = List.copyOf(turns);
    if (turns.size() < 2) {
      throw new IllegalArgumentException("a dialogue has at least two turns, not " + turns.size());
    }
  }
}
