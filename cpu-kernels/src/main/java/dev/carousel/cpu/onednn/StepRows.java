package dev.carousel.cpu.onednn;

import dev.carousel.rnn.Lengths;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;

/**
 * Copies rows of a ragged batch between Java tensors [T, N, …], native blocks of rows, and each
 * other. A block of the direction that reads backwards holds each row's steps reversed, from length
 * − 1 down to 0; padding is always at the end.
 */
final class StepRows {
  private final int steps;
  private final int batch;
  private final int[] lengths;
  private final RowScratch scratch;
  private final float[] row;

  /** A block of rows in native memory. */
  record Block(Elements elements, int start, int pitch, boolean reversed) {}

  /**
   * @param widest the most elements of a row
   */
  StepRows(int steps, int batch, int widest) {
    this.steps = steps;
    this.batch = batch;
    this.lengths = new int[batch];
    this.scratch = new RowScratch(widest);
    this.row = scratch.values();
  }

  /**
   * Takes over the lengths of a batch.
   *
   * @throws IllegalArgumentException if one is not 0 to T
   */
  void read(Lengths from) {
    for (int n = 0; n < batch; n++) {
      int length = from.at(n);
      if (length < 0 || length > steps) {
        throw new IllegalArgumentException(
            "length of row %d must be 0 to %d, not %d".formatted(n, steps, length));
      }
      lengths[n] = length;
    }
  }

  int length(int n) {
    return lengths[n];
  }

  /** Where step {@code t} of row {@code n} lies in a block; the same maps back. */
  private int at(Block b, int t, int n) {
    int step = b.reversed && t < lengths[n] ? lengths[n] - 1 - t : t;
    return b.start + (step * batch + n) * b.pitch;
  }

  /**
   * Copies features in and writes zeros over padding.
   *
   * @param column the first of {@code count} features among those of {@code from}
   */
  void copyIn(Tensor from, int column, int count, Block to) {
    float[] values = from.heap().floats();
    int width = from.shape().dim(-1);
    int next = from.heapOffset() + column;
    for (int t = 0; t < steps; t++) {
      for (int n = 0; n < batch; n++, next += width) {
        if (t < lengths[n]) {
          to.elements.put(at(to, t, n), values, next, count);
        } else {
          to.elements.zero(at(to, t, n), count);
        }
      }
    }
  }

  /** Copies features out and writes zeros over padding. */
  void copyOut(Block from, Tensor to, int column, int count) {
    float[] values = to.heap().floats();
    int width = to.shape().dim(-1);
    int next = to.heapOffset() + column;
    for (int t = 0; t < steps; t++) {
      for (int n = 0; n < batch; n++, next += width) {
        if (t < lengths[n]) {
          from.elements.get(at(from, t, n), values, next, count);
        } else {
          Arrays.fill(values, next, next + count, 0);
        }
      }
    }
  }

  /** Adds features on top of what is there; padding is left alone. */
  void addOut(Block from, Tensor to) {
    float[] values = to.heap().floats();
    int width = to.shape().dim(-1);
    int next = to.heapOffset();
    for (int t = 0; t < steps; t++) {
      for (int n = 0; n < batch; n++, next += width) {
        if (t < lengths[n]) {
          from.elements.get(at(from, t, n), row, 0, width);
          scratch.addTo(values, next, width);
        }
      }
    }
  }

  /** Copies features from block to block, to {@code column} of its rows; zeros over padding. */
  void move(Block from, Block to, int column, int count) {
    for (int t = 0; t < steps; t++) {
      for (int n = 0; n < batch; n++) {
        int target = at(to, t, n) + column;
        if (t < lengths[n]) {
          to.elements.copy(target, at(from, t, n), count);
        } else {
          to.elements.zero(target, count);
        }
      }
    }
  }

  /**
   * Sums part of the rows of two blocks; zeros over padding.
   *
   * @param column the first of {@code count} features in {@code a} and {@code b}
   */
  void sum(Block a, Block b, int column, int count, Block to) {
    for (int t = 0; t < steps; t++) {
      for (int n = 0; n < batch; n++) {
        if (t < lengths[n]) {
          a.elements.get(at(a, t, n) + column, row, 0, count);
          b.elements.get(at(b, t, n) + column, row, count, count);
          for (int i = 0; i < count; i++) {
            row[i] += row[count + i];
          }
          to.elements.put(at(to, t, n), row, 0, count);
        } else {
          to.elements.zero(at(to, t, n), count);
        }
      }
    }
  }

  /**
   * Writes the columns that follow the features: the carry column if there is one, then zeros.
   *
   * @param shape the layer that will read the rows
   */
  void writeExtraColumns(LayerShape shape, Block to) {
    int first = shape.features();
    for (int t = 0; t < steps && first < shape.columns(); t++) {
      for (int n = 0; n < batch; n++) {
        int start = to.start + (t * batch + n) * to.pitch;
        for (int k = first; k < shape.columns(); k++) {
          boolean carry = k == first && shape.carries() && t >= lengths[n];
          to.elements.set(start + k, carry ? 1 : 0);
        }
      }
    }
  }

  /** Copies the state after each row's last step out; rows without steps are left alone. */
  void copyLastOut(Block from, float[] to, int start, int count) {
    for (int n = 0; n < batch; n++) {
      if (lengths[n] > 0) {
        from.elements.get(lastStep(from, n), to, start + n * count, count);
      }
    }
  }

  /** Adds a gradient of the state after each row's last step; rows without steps have none. */
  void addLast(float[] from, int start, int count, Block to) {
    for (int n = 0; n < batch; n++) {
      if (lengths[n] > 0) {
        int at = lastStep(to, n);
        to.elements.get(at, row, 0, count);
        for (int i = 0; i < count; i++) {
          row[i] += from[start + n * count + i];
        }
        to.elements.put(at, row, 0, count);
      }
    }
  }

  private int lastStep(Block b, int n) {
    return b.start + ((lengths[n] - 1) * batch + n) * b.pitch;
  }

  /** Room for one row of anything. */
  RowScratch scratch() {
    return scratch;
  }
}
