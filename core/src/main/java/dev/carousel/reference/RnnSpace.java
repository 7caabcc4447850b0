package dev.carousel.reference;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;

/**
 * Where everything lies in the reserve and the work space of a plan, in doubles from their starts.
 * What forward leaves is in the reserve for every layer, or for inference in the work space, one
 * layer over the other.
 */
final class RnnSpace {
  private final RnnSpec spec;
  private final CellMath cell;
  private final int batch;
  private final int tokens;
  private final boolean training;

  private final int stateSize;
  private final int outputSize;
  private final int sharedSize;
  private final int gradientSize;
  private final long reserve;
  private final long work;

  /** Sizes for T·N tokens, all that there could be. */
  RnnSpace(RnnSpec spec, CellMath cell, int steps, int batch, Pass pass) {
    this.spec = spec;
    this.cell = cell;
    this.batch = batch;
    this.tokens = doubles((long) steps * batch);
    this.training = pass == Pass.TRAINING;
    long perToken = (long) spec.gateRows() + spec.stateSize() + cellSize() + cell.keptWidth();
    this.stateSize = doubles(perToken * tokens + (long) batch * (spec.stateSize() + cellSize()));
    this.outputSize = doubles((long) spec.outputSize() * tokens);
    this.sharedSize = doubles(RowGroups.scratch(batch) + (long) lanes() * tokens * widestInput());
    this.gradientSize =
        doubles(
            (long) tokens
                    * (spec.gateRows() + cell.gradientWidth() + spec.stateSize() + widestInput())
                + (long) batch * (spec.stateSize() + cellSize() + spec.hiddenSize()));
    long kept =
        training
            ? (long) spec.layers() * lanes() * stateSize + (spec.layers() - 1L) * outputSize
            : (long) lanes() * stateSize + Math.min(2, spec.layers() - 1L) * outputSize;
    long backward = (long) lanes() * gradientSize + (spec.layers() > 1 ? outputSize : 0);
    this.reserve = training ? doubles(kept) : 0;
    this.work = doubles(sharedSize + (training ? backward : kept));
  }

  private static int doubles(long n) {
    if (n > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException(
          "a plan of this size needs "
              + n
              + " doubles in one Java array; use fewer steps or smaller batches");
    }
    return (int) n;
  }

  private int lanes() {
    return spec.direction().count();
  }

  private int widestInput() {
    return spec.layers() == 1 ? spec.inputSize() : Math.max(spec.inputSize(), spec.outputSize());
  }

  private int cellSize() {
    return spec.cell().hasCellState() ? spec.hiddenSize() : 0;
  }

  long reserveBytes() {
    return reserve * Double.BYTES;
  }

  long workBytes() {
    return work * Double.BYTES;
  }

  /** The two scratch arrays of one call, and where this plan's part of each begins. */
  @SuppressWarnings("ArrayRecordComponent") // a view, never compared
  record Arrays(double[] kept, int keptAt, double[] work, int workAt) {}

  /** The order of the batch. */
  RowGroups groups(Arrays a) {
    return new RowGroups(a.work, a.workAt, batch);
  }

  /** The inputs of one direction of the present layer, [tokens, in]. */
  Matrix inputs(Arrays a, int layer, int direction) {
    int at = a.workAt + RowGroups.scratch(batch) + direction * tokens * widestInput();
    return Matrix.of(a.work, at, tokens, spec.layerInput(layer));
  }

  private int keptStart(Arrays a) {
    return a.keptAt + (training ? 0 : sharedSize);
  }

  /** What forward leaves of one direction of a layer. */
  LaneState state(Arrays a, int layer, int direction) {
    int lane = training ? layer * lanes() + direction : direction;
    int at = keptStart(a) + lane * stateSize;
    Matrix gates = Matrix.of(a.kept, at, tokens, spec.gateRows());
    Matrix h = after(gates, batch + tokens, spec.stateSize());
    Matrix c = after(h, batch + tokens, cellSize());
    return new LaneState(gates, h, c, after(c, tokens, cell.keptWidth()));
  }

  /** The outputs of a layer that is not the last, [T, N, D·stateSize]. */
  Reals outputs(Arrays a, int layer) {
    int states = (training ? spec.layers() : 1) * lanes();
    int index = training ? layer : layer % 2;
    return new Reals.Doubles(a.kept, keptStart(a) + states * stateSize + index * outputSize);
  }

  /** What backward computes of one direction of the present layer. */
  LaneGradient gradient(Arrays a, int direction) {
    int at = a.workAt + sharedSize + direction * gradientSize;
    Matrix dGates = Matrix.of(a.work, at, tokens, spec.gateRows());
    Matrix kept = after(dGates, tokens, cell.gradientWidth());
    Matrix dh = after(kept, batch, spec.stateSize());
    Matrix dc = after(dh, batch, cellSize());
    return new LaneGradient(dGates, kept, dh, dc, after(dc, batch, spec.hiddenSize()));
  }

  /** The states before each token of one direction of the present layer, [tokens, stateSize]. */
  Matrix previous(Arrays a, int direction) {
    return after(gradient(a, direction).temporary(), tokens, spec.stateSize());
  }

  /** The gradient of {@link #inputs}. */
  Matrix inputGradients(Arrays a, int layer, int direction) {
    return after(previous(a, direction), tokens, spec.layerInput(layer));
  }

  /** The gradient of a layer's {@link #outputs}, which the layer above leaves to it. */
  Reals outputGradients(Arrays a) {
    return new Reals.Doubles(a.work, a.workAt + sharedSize + lanes() * gradientSize);
  }

  private static Matrix after(Matrix m, int rows, int cols) {
    return Matrix.of(m.array(), m.at() + m.rows() * m.cols(), rows, cols);
  }
}
