package dev.carousel.reference;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.rnn.WeightRole;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradients of some rows of one direction's weights: products over all tokens. Tasks share out
 * the rows, so every sum is made by one thread in one order.
 */
final class WeightTask {
  /** Rows of a weight matrix that are one task. */
  private static final int BLOCK = 32;

  private final RnnSpec spec;
  private final WeightLayout layout;
  private final CellMath cell;
  private final int direction;
  private final int gate;
  private final int unit;
  private final int rows;
  private final Matrix gradient = new Matrix();
  private final Matrix input = new Matrix();
  private final Matrix product = new Matrix();

  /** The rows from {@code unit} on of a gate, or of the projection if {@code gate} is −1. */
  private WeightTask(
      RnnSpec spec, WeightLayout layout, CellMath cell, int direction, int gate, int unit) {
    this.spec = spec;
    this.layout = layout;
    this.cell = cell;
    this.direction = direction;
    this.gate = gate;
    this.unit = unit;
    int size = gate < 0 ? spec.projectionSize() : spec.hiddenSize();
    this.rows = Math.min(BLOCK, size - unit);
  }

  /** All tasks of a layer. */
  static WeightTask[] all(RnnSpec spec, WeightLayout layout, CellMath cell) {
    List<WeightTask> tasks = new ArrayList<>();
    for (int d = 0; d < spec.direction().count(); d++) {
      for (int gate = 0; gate < spec.cell().gates(); gate++) {
        for (int unit = 0; unit < spec.hiddenSize(); unit += BLOCK) {
          tasks.add(new WeightTask(spec, layout, cell, d, gate, unit));
        }
      }
      for (int row = 0; row < spec.projectionSize(); row += BLOCK) {
        tasks.add(new WeightTask(spec, layout, cell, d, -1, row));
      }
    }
    return tasks.toArray(WeightTask[]::new);
  }

  /** Adds the gradients of layer {@code layer} to {@code sums}, the flat buffer. */
  void run(Gemm gemm, RnnFrame frame, int layer, Reals sums) {
    LaneGradient g = frame.gradient(direction);
    LaneState s = frame.state(direction);
    int tokens = frame.groups().tokens();
    if (gate < 0) {
      gradient.placeBlock(g.kept(), 0, tokens, unit, rows);
      addProduct(gemm, s.kept(), g.dProjection(), unit, sums, at(layer, WeightRole.PROJECTION));
      return;
    }
    int row = gate * spec.hiddenSize() + unit;
    gradient.placeBlock(g.dGates(), 0, tokens, row, rows);
    Matrix x = frame.inputs(direction);
    addProduct(gemm, x, g.dInputWeight(), row, sums, at(layer, WeightRole.INPUT_WEIGHT));
    addColumns(sums, at(layer, WeightRole.INPUT_BIAS) + row);
    int col = cell.hiddenGradientColumn(gate) + unit;
    gradient.placeBlock(cell.hiddenGradient(g, gate), 0, tokens, col, rows);
    Matrix h = cell.hiddenInput(s, g.previous(), gate);
    addProduct(gemm, h, g.dHiddenWeight(), row, sums, at(layer, WeightRole.HIDDEN_WEIGHT));
    addColumns(sums, at(layer, WeightRole.HIDDEN_BIAS) + row);
  }

  private int at(int layer, WeightRole role) {
    return (int) layout.block(layer, direction, role).offset();
  }

  /** {@code sums[at + row·cols ..] += gradientᵀ inputs}, by way of the same rows of scratch. */
  private void addProduct(Gemm gemm, Matrix inputs, Matrix scratch, int row, Reals sums, int at) {
    input.placeRows(inputs, 0, gradient.rows());
    product.placeRows(scratch, row, rows);
    product.fill(0);
    gemm.addTransposed(gradient, input, product);
    sums.addAll(at + row * product.cols(), product.array(), product.at(), rows * product.cols());
  }

  private void addColumns(Reals sums, int at) {
    for (int c = 0; c < rows; c++) {
      double column = 0;
      for (int t = 0; t < gradient.rows(); t++) {
        column += gradient.array()[gradient.row(t) + c];
      }
      sums.add(at + c, column);
    }
  }
}
