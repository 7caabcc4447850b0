package dev.carousel.reference;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightBlock;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.rnn.WeightRole;
import dev.carousel.tensor.Tensor;

/**
 * The weights of one direction of one layer in double, each matrix both ways round, so that forward
 * and backward both walk along rows.
 */
final class LaneWeights {
  /** W, [G·H, in]. */
  final Matrix input;

  /** Wᵀ, [in, G·H]. */
  final Matrix inputTransposed;

  /** U, [G·H, stateSize]. */
  final Matrix hidden;

  /** Uᵀ, [stateSize, G·H]. */
  final Matrix hiddenTransposed;

  /** U without the rows of the last gate. */
  final Matrix hiddenFirst;

  /** The last gate's rows of U. */
  final Matrix hiddenLast;

  /** Uᵀ without the columns of the last gate. */
  final Matrix hiddenTransposedFirst;

  /** The last gate's columns of Uᵀ. */
  final Matrix hiddenTransposedLast;

  /** The projection, [P, H]; empty without one. */
  final Matrix projection;

  /** The projection transposed, [H, P]. */
  final Matrix projectionTransposed;

  /** b + b', [G·H], but b alone for the last gate of a cell that splits it. */
  final double[] bias;

  /** b', [G·H]. */
  final double[] hiddenBias;

  private final int units;

  LaneWeights(RnnSpec spec, int layer) {
    units = spec.hiddenSize();
    int rows = spec.gateRows();
    input = Matrix.allocate(rows, spec.layerInput(layer));
    inputTransposed = Matrix.allocate(spec.layerInput(layer), rows);
    hidden = Matrix.allocate(rows, spec.stateSize());
    hiddenTransposed = Matrix.allocate(spec.stateSize(), rows);
    hiddenFirst = hidden.rows(0, rows - units);
    hiddenLast = hidden.rows(rows - units, units);
    hiddenTransposedFirst = hiddenTransposed.cols(0, rows - units);
    hiddenTransposedLast = hiddenTransposed.cols(rows - units, units);
    projection = Matrix.allocate(spec.projectionSize(), spec.hiddenSize());
    projectionTransposed = Matrix.allocate(spec.hiddenSize(), spec.projectionSize());
    bias = new double[rows];
    hiddenBias = new double[rows];
  }

  /** Reads the blocks of (layer, direction) from the flat buffer. */
  void refresh(WeightLayout layout, int layer, int direction, Tensor master, CellMath cell) {
    Reals values = Reals.of("weights", master);
    for (WeightBlock b : layout.blocks()) {
      if (b.layer() == layer && b.reverse() == (direction == 1)) {
        values.read((int) b.offset(), target(b.role()), 0, (int) b.shape().size());
      }
    }
    int separate = cell.splitsLastBias() ? units : 0;
    for (int i = 0; i < bias.length - separate; i++) {
      bias[i] += hiddenBias[i];
    }
    inputTransposed.setTransposed(input);
    hiddenTransposed.setTransposed(hidden);
    projectionTransposed.setTransposed(projection);
  }

  private double[] target(WeightRole role) {
    return switch (role) {
      case INPUT_WEIGHT -> input.array();
      case HIDDEN_WEIGHT -> hidden.array();
      case INPUT_BIAS -> bias;
      case HIDDEN_BIAS -> hiddenBias;
      case PROJECTION -> projection.array();
    };
  }
}
