package dev.carousel.reference;

import dev.carousel.reference.CellMath.Step;
import java.util.Arrays;

/**
 * One direction of a layer for one group of rows: where its tokens come from and go to. The unit of
 * work that threads share.
 *
 * @param groups the order of the batch
 * @param group which group
 * @param direction 0 forward, 1 backward
 * @param batch N
 */
record Lane(RowGroups groups, int group, int direction, int batch) {
  /** Rank of its first row; states of the groups before take as many rows. */
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
    return tokensBefore(groups.length(first()));
  }

  /** Number of tokens of the steps before {@code step}. */
  int tokensBefore(int step) {
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

  /** The rows and tokens of step {@code s}. */
  Step step(int s) {
    int count = groups.active(group, s);
    int token = tokensBefore(s);
    int previous = s == 0 ? 0 : rows() + tokensBefore(s - 1);
    return new Step(token, rows() + token, previous, count);
  }

  /** Where row {@code r}'s step {@code s} is among the T·N positions of a time-major tensor. */
  int position(int r, int s) {
    int time = direction == 0 ? s : length(r) - 1 - s;
    return time * batch + batchRow(r);
  }

  /** Copies the features of every token out of a time-major tensor. */
  void gather(Reals from, Matrix to) {
    for (int s = 0; s < steps(); s++) {
      Step step = step(s);
      for (int r = 0; r < step.count(); r++) {
        from.read(position(r, s) * to.cols(), to.array(), to.row(step.token() + r), to.cols());
      }
    }
  }

  /** Copies the state before every token. */
  void gatherPrevious(Matrix states, Matrix to) {
    for (int s = 0; s < steps(); s++) {
      Step step = step(s);
      for (int r = 0; r < step.count(); r++) {
        int from = states.row(step.previous() + r);
        System.arraycopy(states.array(), from, to.array(), to.row(step.token() + r), to.cols());
      }
    }
  }

  /** Reads the rows of one [N, C] part of a state tensor; zeros if there is none. */
  void readRows(State from, Matrix to) {
    for (int r = 0; r < rows(); r++) {
      if (from.values() == null) {
        Arrays.fill(to.array(), to.row(r), to.row(r) + to.cols(), 0);
      } else {
        from.values().read(from.row(batchRow(r)) * to.cols(), to.array(), to.row(r), to.cols());
      }
    }
  }

  /** Writes row {@code r} of the group into one [N, C] part of a state tensor, if there is one. */
  void writeRow(int r, Matrix from, int row, State to) {
    if (to.values() != null) {
      to.values()
          .write(to.row(batchRow(r)) * from.cols(), from.array(), from.row(row), from.cols());
    }
  }
}
