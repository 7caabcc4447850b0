package dev.carousel.inspect;

import dev.carousel.rnn.Cell;
import java.util.List;

/** What a recurrent unit computes in a step, under the letters of {@link Cell}'s equations. */
public enum Gate {
  /** i of an LSTM, 0 to 1: how much of the candidate is written. */
  INPUT("i"),
  /** f of an LSTM, 0 to 1: how much of the cell is kept. */
  FORGET("f"),
  /** g of an LSTM, −1 to 1: what would be written. */
  CANDIDATE("g"),
  /** o of an LSTM, 0 to 1: how much of the cell is shown. */
  OUTPUT("o"),
  /** c of an LSTM: what is remembered, without bounds. */
  CELL("c"),
  /** r of a GRU, 0 to 1: how much of the state the candidate sees. */
  RESET("r"),
  /** z of a GRU, 0 to 1: how much of the state is kept. */
  UPDATE("z"),
  /** n of a GRU, −1 to 1: what would be written. */
  NEW("n"),
  /** h of every cell, its output: −1 to 1, but for ReLU and projections. */
  HIDDEN("h");

  private static final List<Gate> OF_LSTM = List.of(INPUT, FORGET, CANDIDATE, OUTPUT, CELL, HIDDEN);
  private static final List<Gate> OF_GRU = List.of(RESET, UPDATE, NEW, HIDDEN);

  private final String symbol;

  Gate(String symbol) {
    this.symbol = symbol;
  }

  /** Its letter. */
  public String symbol() {
    return symbol;
  }

  /** Whether it is a share, 0 to 1. */
  public boolean isShare() {
    return switch (this) {
      case INPUT, FORGET, OUTPUT, RESET, UPDATE -> true;
      case CANDIDATE, CELL, NEW, HIDDEN -> false;
    };
  }

  /** What a cell computes, in the order of its weights' gates, and last h. */
  public static List<Gate> of(Cell cell) {
    return switch (cell) {
      case LSTM -> OF_LSTM;
      case GRU, GRU_RESET_BEFORE -> OF_GRU;
      case RNN_TANH, RNN_RELU -> List.of(HIDDEN);
    };
  }
}
