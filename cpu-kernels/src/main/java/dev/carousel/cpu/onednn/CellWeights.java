package dev.carousel.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_ldgoi;
import static org.bytedeco.dnnl.global.dnnl.dnnl_ldoi;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.rnn.WeightRole;

/**
 * Copies the weights of one direction of one layer between the flat buffer and native blocks that
 * are laid out plainly but in oneDNN's order: W [G, H, K] with the carry column, U [G, H, S], the
 * projection [S, H], and the biases, merged where that is exact.
 */
final class CellWeights {
  private final LayerShape shape;
  private final int w;
  private final int u;
  private final int b;
  private final int b2;
  private final int projection;

  CellWeights(LayerShape shape, WeightLayout layout, int layer, int direction) {
    this.shape = shape;
    w = offset(layout, layer, direction, WeightRole.INPUT_WEIGHT);
    u = offset(layout, layer, direction, WeightRole.HIDDEN_WEIGHT);
    b = offset(layout, layer, direction, WeightRole.INPUT_BIAS);
    b2 = offset(layout, layer, direction, WeightRole.HIDDEN_BIAS);
    projection = shape.projects() ? offset(layout, layer, direction, WeightRole.PROJECTION) : 0;
  }

  private static int offset(WeightLayout layout, int layer, int direction, WeightRole role) {
    return Math.toIntExact(layout.block(layer, direction, role).offset());
  }

  /** The plain layout of a matrix in native memory. */
  static Layout plain(LayerShape s, WeightRole role) {
    return switch (role) {
      case INPUT_WEIGHT ->
          Layout.of(NativeType.F32, dnnl_ldgoi, 1, 1, s.columns(), s.gates(), s.hidden());
      case HIDDEN_WEIGHT ->
          Layout.of(NativeType.F32, dnnl_ldgoi, 1, 1, s.state(), s.gates(), s.hidden());
      case PROJECTION -> Layout.of(NativeType.F32, dnnl_ldoi, 1, 1, s.hidden(), s.state());
      case INPUT_BIAS, HIDDEN_BIAS -> throw new IllegalArgumentException("biases are not packed");
    };
  }

  /** Writes one matrix to native memory. */
  void copyIn(WeightRole role, float[] flat, int at, Elements to) {
    switch (role) {
      case INPUT_WEIGHT -> copyGates(flat, at + w, shape.features(), to, shape.columns());
      case HIDDEN_WEIGHT -> copyGates(flat, at + u, shape.state(), to, shape.state());
      case PROJECTION -> to.put(0, flat, at + projection, shape.state() * shape.hidden());
      case INPUT_BIAS, HIDDEN_BIAS -> throw new IllegalArgumentException("biases are not packed");
    }
    if (role == WeightRole.INPUT_WEIGHT) {
      writeExtraColumns(to);
    }
  }

  private void copyGates(float[] flat, int from, int columns, Elements to, int pitch) {
    int h = shape.hidden();
    for (int gate = 0; gate < shape.gates(); gate++) {
      int row = GateOrder.position(shape.cell(), gate) * h;
      for (int j = 0; j < h; j++) {
        to.put((row + j) * pitch, flat, from + (gate * h + j) * columns, columns);
      }
    }
  }

  private void writeExtraColumns(Elements to) {
    int h = shape.hidden();
    int k = shape.columns();
    for (int gate = 0; gate < shape.gates(); gate++) {
      for (int j = 0; j < h; j++) {
        for (int extra = shape.features(); extra < k; extra++) {
          float carry = extra == shape.features() && shape.carries() ? carryWeight(gate) : 0;
          to.set((gate * h + j) * k + extra, carry);
        }
      }
    }
  }

  /** Input gate shut, forget gate open, the others as they are; a rectified cell shut. */
  private float carryWeight(int gate) {
    if (shape.cell() == Cell.LSTM) {
      return switch (gate) {
        case 0 -> -LayerShape.CARRY_WEIGHT;
        case 1 -> LayerShape.CARRY_WEIGHT;
        default -> 0;
      };
    }
    return -LayerShape.CARRY_WEIGHT;
  }

  /** Writes the biases to native memory. */
  void copyBiasesIn(float[] flat, int at, Elements to) {
    int h = shape.hidden();
    for (int gate = 0; gate < shape.gates(); gate++) {
      int row = GateOrder.position(shape.cell(), gate) * h;
      boolean merges = GateOrder.mergesBiases(shape.cell(), gate);
      for (int j = 0; j < h; j++) {
        float first = flat[at + b + gate * h + j];
        float second = flat[at + b2 + gate * h + j];
        to.set(row + j, merges ? first + second : first);
        if (!merges) {
          to.set(row + h + j, second);
        }
      }
    }
  }

  /**
   * Adds the gradient of one matrix from native memory to a flat buffer (rule R4).
   *
   * @param start where in {@code from} the matrix begins, in elements
   * @param row scratch for at least one row of the matrix
   */
  void addGradient(
      WeightRole role, Elements from, int start, float[] flat, int at, RowScratch row) {
    switch (role) {
      case INPUT_WEIGHT ->
          addGates(from, start, shape.columns(), flat, at + w, shape.features(), row);
      case HIDDEN_WEIGHT -> addGates(from, start, shape.state(), flat, at + u, shape.state(), row);
      case PROJECTION -> {
        for (int p = 0; p < shape.state(); p++) {
          int to = at + projection + p * shape.hidden();
          addRow(from, start + p * shape.hidden(), flat, to, shape.hidden(), row);
        }
      }
      case INPUT_BIAS, HIDDEN_BIAS -> throw new IllegalArgumentException("biases are not packed");
    }
  }

  private void addGates(
      Elements from, int start, int pitch, float[] flat, int to, int columns, RowScratch row) {
    int h = shape.hidden();
    for (int gate = 0; gate < shape.gates(); gate++) {
      int native0 = start + GateOrder.position(shape.cell(), gate) * h * pitch;
      for (int j = 0; j < h; j++) {
        addRow(from, native0 + j * pitch, flat, to + (gate * h + j) * columns, columns, row);
      }
    }
  }

  /** Adds the gradient of the biases; both of a merged pair receive it. */
  void addBiasGradients(Elements from, int start, float[] flat, int at, RowScratch row) {
    int h = shape.hidden();
    for (int gate = 0; gate < shape.gates(); gate++) {
      int first = start + GateOrder.position(shape.cell(), gate) * h;
      int second = GateOrder.mergesBiases(shape.cell(), gate) ? first : first + h;
      addRow(from, first, flat, at + b + gate * h, h, row);
      addRow(from, second, flat, at + b2 + gate * h, h, row);
    }
  }

  private static void addRow(
      Elements from, int start, float[] flat, int to, int count, RowScratch row) {
    from.get(start, row.values(), 0, count);
    row.addTo(flat, to, count);
  }
}
