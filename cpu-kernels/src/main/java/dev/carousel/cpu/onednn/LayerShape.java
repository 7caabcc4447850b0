package dev.carousel.cpu.onednn;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;

/**
 * One direction of one layer as oneDNN computes it: K input columns, H hidden units, S units of
 * state.
 *
 * <p>K exceeds the features C by the <i>carry column</i>, which is 0 on real steps and 1 on padded
 * ones. Its weights close the LSTM's input gate and open its forget gate, so that c passes through
 * padding unchanged, and its gradient back; oneDNN itself knows no lengths. For a rectified cell
 * they hold h at 0, which would otherwise grow without bound along the padding. The other cells
 * need none: their state stays bounded, and what they compute there is dropped.
 *
 * @param cell the recurrence
 * @param type of x, h and the packed weights
 * @param features C
 * @param hidden H
 * @param state S, H or the projection's size
 */
record LayerShape(Cell cell, NativeType type, int features, int hidden, int state) {
  /**
   * The weight of the carry column. A power of two that outweighs any sum of a trained network and
   * is exact in bfloat16; the logistic function of it is exactly 1.
   */
  static final float CARRY_WEIGHT = 1 << 20;

  /** Layer {@code layer} of a network. */
  static LayerShape of(RnnSpec spec, int layer) {
    NativeType type = spec.precision() == Precision.BF16 ? NativeType.BF16 : NativeType.F32;
    return new LayerShape(
        spec.cell(), type, spec.layerInput(layer), spec.hiddenSize(), spec.stateSize());
  }

  /** Whether there is a carry column, right after the features. */
  boolean carries() {
    return cell == Cell.LSTM || cell == Cell.RNN_RELU;
  }

  boolean projects() {
    return state != hidden;
  }

  /** G. */
  int gates() {
    return cell.gates();
  }

  /** Vectors of H biases that oneDNN reads. */
  int biases() {
    return cell == Cell.GRU ? 4 : cell.gates();
  }

  /** K. */
  int columns() {
    return columns(features);
  }

  /** K of a layer that reads {@code n} features: bfloat16 kernels like pairs. */
  private int columns(int n) {
    int k = n + (carries() ? 1 : 0);
    return type == NativeType.BF16 ? k + k % 2 : k;
  }

  /** Elements from one row of x to the next. */
  int inputPitch() {
    return pitch(columns());
  }

  /**
   * Elements from one row of y to the next. The gap has room for the next layer's carry column, so
   * that a layer can read its input where the layer below wrote it.
   */
  int outputPitch() {
    return pitch(columns(state));
  }

  /** Rows start on cache lines, in either precision. */
  private static int pitch(int columns) {
    return (columns + 31) & -32;
  }
}
