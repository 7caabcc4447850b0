package dev.carousel.reference;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a layer for one group of rows: where its tokens come from and go to. The unit of
 * work that threads share. It stands at one step at a time.
 */
final class Lane {
  private final RowGroups groups;
  private final int group;
  private final int direction;
  private final int batch;
  private final StepState stepState = new StepState();
  private final StepGradient stepGradient = new StepGradient();
  private final Matrix inputs = new Matrix();
  private final Matrix gates = new Matrix();
  private int count;
  private int token;
  private int state;
  private int previous;

  /**
   * A lane.
   *
   * @param groups the order of the batch
   * @param group which group
   * @param direction 0 forward, 1 backward
   * @param batch N
   */
  Lane(RowGroups groups, int group, int direction, int batch) {
    this.groups = groups;
    this.group = group;
    this.direction = direction;
    this.batch = batch;
  }

  int direction() {
    return direction;
  }

  /** The rows of all its tokens in {@code whole}, inputs or their gradients. */
  Matrix inputs(Matrix whole) {
    inputs.placeRows(whole, firstToken(), tokens());
    return inputs;
  }

  /** The rows of all its tokens in {@code whole}, gates or their gradients. */
  Matrix gates(Matrix whole) {
    gates.placeRows(whole, firstToken(), tokens());
    return gates;
  }

  /** The views of the present step. */
  StepState stepState() {
    return stepState;
  }

  /** The views of the present step's gradient. */
  StepGradient stepGradient() {
    return stepGradient;
  }

  /** Rank of its first row. */
  int first() {
    return groups.first(group);
  }

  /** Number of rows. */
  int rows() {
    return groups.size(group);
  }

  /** Number of tokens of the groups before. */
  int firstToken() {
    return groups.tokensBefore(first());
  }

  /** Number of tokens. */
  int tokens() {
    return tokensBefore(steps());
  }

  /** Number of its tokens in the steps before {@code step}. */
  private int tokensBefore(int step) {
    int tokens = 0;
    for (int r = 0; r < rows(); r++) {
      tokens += Math.min(length(r), step);
    }
    return tokens;
  }

  /** Length of row {@code r} of the group. */
  int length(int r) {
    return groups.length(first() + r);
  }

  /** Its row in the batch. */
  int batchRow(int r) {
    return groups.row(first() + r);
  }

  /** Steps of its longest row. */
  int steps() {
    return length(0);
  }

  /** Row of h and c that holds the initial state of its first row; the others follow. */
  int initial() {
    return first() + firstToken();
  }

  /** Goes to step {@code s}. */
  void moveTo(int s) {
    count = groups.active(group, s);
    token = tokenAt(0, s);
    state = first() + rows() + token;
    previous = s == 0 ? initial() : first() + rows() + tokenAt(0, s - 1);
  }

  /** The token of row {@code r} at step {@code s}. */
  int tokenAt(int r, int s) {
    return firstToken() + tokensBefore(s) + r;
  }

  /** Row of h and c that holds the state of row {@code r} after its last step. */
  int last(int r) {
    int length = length(r);
    return length == 0 ? initial() + r : first() + rows() + tokenAt(r, length - 1);
  }

  /** How many rows the present step has. */
  int count() {
    return count;
  }

  /** The first row's token. */
  int token() {
    return token;
  }

  /** Row of h and c that holds the first row's state after the step; the others follow. */
  int state() {
    return state;
  }

  /** The same before the step. */
  int previous() {
    return previous;
  }

  /** Where row {@code r}'s step {@code s} is among the T·N positions of a time-major tensor. */
  int position(int r, int s) {
    int time = direction == 0 ? s : length(r) - 1 - s;
    return time * batch + batchRow(r);
  }

  /** Copies the features of every token out of a time-major tensor. */
  void gather(Reals from, Matrix to) {
    for (int s = 0; s < steps(); s++) {
      moveTo(s);
      for (int r = 0; r < count; r++) {
        from.read(position(r, s) * to.cols(), to.array(), to.row(token + r), to.cols());
      }
    }
  }

  /** Copies the state before every token. */
  void gatherPrevious(Matrix states, Matrix to) {
    for (int s = 0; s < steps(); s++) {
      moveTo(s);
      for (int r = 0; r < count; r++) {
        System.arraycopy(
            states.array(), states.row(previous + r), to.array(), to.row(token + r), to.cols());
      }
    }
  }

  /**
   * Reads its rows of part {@code index} of a state tensor [L·D, N, C] into consecutive rows from
   * {@code row} on; zeros if there is no tensor.
   */
  void readRows(@Nullable Reals from, int index, Matrix to, int row) {
    for (int r = 0; r < rows(); r++) {
      int at = to.row(row + r);
      if (from == null) {
        Arrays.fill(to.array(), at, at + to.cols(), 0);
      } else {
        from.read((index * batch + batchRow(r)) * to.cols(), to.array(), at, to.cols());
      }
    }
  }

  /** Writes row {@code row} of {@code from} as row {@code r} of part {@code index}. */
  void writeRow(int r, Matrix from, int row, @Nullable Reals to, int index) {
    if (to != null) {
      to.write(
          (index * batch + batchRow(r)) * from.cols(), from.array(), from.row(row), from.cols());
    }
  }
}
