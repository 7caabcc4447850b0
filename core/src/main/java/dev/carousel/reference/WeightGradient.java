package dev.carousel.reference;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightRole;

/**
 * The gradients of one layer's weights: products over all tokens, shared out by rows of the
 * weights, so that every sum is made by one thread in one order.
 */
final class WeightGradient {
  /** Rows of a weight matrix that are one task. */
  private static final int BLOCK = 32;

  private final ReferencePlan plan;
  private final RnnSpec spec;
  private final RnnSpace.Arrays arrays;
  private final int layer;
  private final int tokens;
  private final Reals sum;

  WeightGradient(ReferencePlan plan, RnnSpace.Arrays arrays, int layer, int tokens, Reals sum) {
    this.plan = plan;
    this.spec = plan.spec();
    this.arrays = arrays;
    this.layer = layer;
    this.tokens = tokens;
    this.sum = sum;
  }

  void run(Workers workers) {
    int perGate = blocks(spec.hiddenSize());
    int perLane = spec.cell().gates() * perGate + blocks(spec.projectionSize());
    workers.run(
        spec.direction().count() * perLane,
        plan.operations(layer),
        i -> {
          int direction = i / perLane;
          int task = i % perLane;
          if (task < spec.cell().gates() * perGate) {
            gate(direction, task / perGate, task % perGate * BLOCK);
          } else {
            projection(direction, (task - spec.cell().gates() * perGate) * BLOCK);
          }
        });
  }

  private static int blocks(int rows) {
    return (rows + BLOCK - 1) / BLOCK;
  }

  /** W, U, b and b' of the units from {@code unit} on of one gate. */
  private void gate(int direction, int gate, int unit) {
    int units = spec.hiddenSize();
    int rows = Math.min(BLOCK, units - unit);
    int row = gate * units + unit;
    LaneGradient g = gradient(direction);
    LaneState s = state(direction);
    Matrix dGates = g.dGates().cols(row, rows);
    Matrix dHidden = plan.cell().hiddenGradient(g, gate).cols(unit, rows);
    Matrix x = plan.space().inputs(arrays, layer, direction).rows(0, tokens);
    Matrix previous = plan.space().previous(arrays, direction).rows(0, tokens);
    Matrix hidden = plan.cell().hiddenInput(s, previous, gate);
    addProduct(dGates, x, at(direction, WeightRole.INPUT_WEIGHT) + row * x.cols());
    addProduct(dHidden, hidden, at(direction, WeightRole.HIDDEN_WEIGHT) + row * hidden.cols());
    addColumns(dGates, at(direction, WeightRole.INPUT_BIAS) + row);
    addColumns(dHidden, at(direction, WeightRole.HIDDEN_BIAS) + row);
  }

  private void projection(int direction, int row) {
    int rows = Math.min(BLOCK, spec.projectionSize() - row);
    Matrix dh = gradient(direction).kept().cols(row, rows);
    Matrix m = state(direction).kept();
    addProduct(dh, m, at(direction, WeightRole.PROJECTION) + row * m.cols());
  }

  private LaneGradient gradient(int direction) {
    return plan.space().gradient(arrays, direction).part(0, 0, 0, tokens);
  }

  private LaneState state(int direction) {
    return plan.space().state(arrays, layer, direction).part(0, 0, 0, tokens);
  }

  private int at(int direction, WeightRole role) {
    return (int) plan.layout().block(layer, direction, role).offset();
  }

  private void addProduct(Matrix gradient, Matrix input, int at) {
    int size = gradient.cols() * input.cols();
    Matrix product = Matrix.of(plan.scratch().take(size), 0, gradient.cols(), input.cols());
    product.fill(0);
    plan.gemm().addTransposed(gradient, input, product);
    sum.addAll(at, product.array(), 0, size);
  }

  private void addColumns(Matrix gradient, int at) {
    for (int c = 0; c < gradient.cols(); c++) {
      double column = 0;
      for (int t = 0; t < gradient.rows(); t++) {
        column += gradient.array()[gradient.row(t) + c];
      }
      sum.add(at + c, column);
    }
  }
}
