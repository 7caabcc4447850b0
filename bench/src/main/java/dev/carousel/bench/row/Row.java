package dev.carousel.bench.row;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;

/**
 * One line of the benchmark. The input has as many features as there are hidden units, C = H.
 *
 * @param cell LSTM or GRU
 * @param task what a call does
 * @param batch N
 * @param steps T, the longest sequence
 * @param hidden H
 * @param layers L
 * @param direction one or both ways, the outputs side by side; of a translation the encoder's
 */
public record Row(
    Cell cell, Task task, int batch, int steps, int hidden, int layers, Direction direction) {
  /** Steps of a chunk of a {@link Task#LONG} row. */
  public static final int CHUNK = 100;

  /** Refuses what no peer could run. */
  public Row {
    if (cell != Cell.LSTM && cell != Cell.GRU) {
      throw new IllegalArgumentException("a row is of LSTM or GRU, not " + cell);
    }
    if (batch < 1 || steps < 1 || hidden < 1 || layers < 1) {
      throw new IllegalArgumentException(
          "n, t, h and l must be at least 1, not %d, %d, %d, %d"
              .formatted(batch, steps, hidden, layers));
    }
    if (task == Task.STEP && steps != 1) {
      throw new IllegalArgumentException("a step row has t1, not t" + steps);
    }
    if (task == Task.LONG && steps % CHUNK != 0) {
      throw new IllegalArgumentException(
          "a long row is read in chunks of %d steps, so t%d is no length for it"
              .formatted(CHUNK, steps));
    }
    if (ragged(task, batch) && steps < Values.SHORTEST) {
      throw new IllegalArgumentException(
          "a ragged row has lengths from %d on, so t%d is too short"
              .formatted(Values.SHORTEST, steps));
    }
    if (task.decodes()
        && (cell != Cell.LSTM || layers > 1 || direction != Direction.BIDIRECTIONAL)) {
      throw new IllegalArgumentException(
          "a %s row is of lstm, one layer, with an encoder that reads both ways: lstm-%s-n%d-t%d-h%d-bi"
              .formatted(task.word(), task.word(), batch, steps, hidden));
    }
    if (task.carriesState() && direction == Direction.BIDIRECTIONAL) {
      throw new IllegalArgumentException("a state can be carried one way only, not with bi");
    }
  }

  /** For example {@code lstm-infer-n16-t64-h256-l2-bi}; {@link RowNames#parse} reads it back. */
  public String name() {
    return cell.name().toLowerCase(java.util.Locale.ROOT)
        + "-"
        + task.word()
        + "-n"
        + batch
        + "-t"
        + steps
        + "-h"
        + hidden
        + (layers > 1 ? "-l" + layers : "")
        + (direction == Direction.BIDIRECTIONAL ? "-bi" : "");
  }

  /** The network in this arithmetic. */
  public RnnSpec spec(Precision precision) {
    return new RnnSpec(cell, hidden, hidden, layers, direction, 0, precision);
  }

  /** Steps of one call of the network: T, or the length of a chunk. */
  public int callSteps() {
    return task == Task.LONG ? CHUNK : steps;
  }

  /** Whether the sequences of a call differ in length, and T is the longest. */
  public boolean ragged() {
    return ragged(task, batch);
  }

  private static boolean ragged(Task task, int batch) {
    return task == Task.RAGGED || (task.decodes() && batch > 1);
  }

  /** Real steps of all sequences that a call reads, padding not counted. */
  public long tokensRead() {
    if (!ragged()) {
      return (long) batch * steps;
    }
    long sum = 0;
    for (int length : new Values(this).lengths()) {
      sum += length;
    }
    return sum;
  }

  /** Tokens that a call is paid by: those it writes, or if it writes none those it reads. */
  public long tokens() {
    return task.decodes() ? (long) batch * decoding().written() : tokensRead();
  }

  /** The model around the network, for {@link Task#wholeModel} rows. */
  public Model model() {
    return Model.of(this);
  }

  /** The model around the network and the search, for {@link Task#decodes} rows. */
  public Decoding decoding() {
    return new Decoding(this);
  }

  @Override
  public String toString() {
    return name();
  }
}
