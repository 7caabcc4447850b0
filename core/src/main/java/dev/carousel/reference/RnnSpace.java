package dev.carousel.reference;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;

/**
 * How much room a plan needs, and where in it everything lies. What forward leaves is in the
 * reserve for every layer, or for inference in the work space, one layer over the other. Sizes are
 * for T·N tokens, all that there could be.
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

  RnnSpace(RnnSpec spec, CellMath cell, int steps, int batch, Pass pass) {
    this.spec = spec;
    this.cell = cell;
    this.batch = batch;
    this.tokens = doubles((long) steps * batch);
    this.training = pass == Pass.TRAINING;
    int s = spec.stateSize();
    int in = widestInput();
    long perToken = (long) spec.gateRows() + s + cellSize() + cell.keptWidth();
    this.stateSize = doubles(perToken * tokens + (long) batch * (s + cellSize()));
    this.outputSize = doubles((long) spec.outputSize() * tokens);
    this.sharedSize = doubles(RowGroups.scratch(batch) + (long) lanes() * tokens * in);
    long gradients =
        (long) tokens * (spec.gateRows() + cell.gradientWidth() + s + in)
            + (long) batch * (s + cellSize() + spec.hiddenSize())
            + (long) spec.gateRows() * (in + s)
            + (long) spec.projectionSize() * spec.hiddenSize();
    this.gradientSize = doubles(gradients);
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

  /** Where what forward leaves begins in the array that holds it. */
  private int keptStart(int keptAt) {
    return keptAt + (training ? 0 : sharedSize);
  }

  /** Places the inputs of one direction, [tokens, in]. */
  void placeInputs(Matrix inputs, double[] work, int workAt, int layer, int direction) {
    int at = workAt + RowGroups.scratch(batch) + direction * tokens * widestInput();
    inputs.place(work, at, tokens, spec.layerInput(layer));
  }

  /** Places what forward leaves of one direction. */
  void placeState(LaneState s, double[] kept, int keptAt, int layer, int direction) {
    int lane = training ? layer * lanes() + direction : direction;
    int at = keptStart(keptAt) + lane * stateSize;
    at = s.gates().place(kept, at, tokens, spec.gateRows());
    at = s.h().place(kept, at, batch + tokens, spec.stateSize());
    at = s.c().place(kept, at, batch + tokens, cellSize());
    s.kept().place(kept, at, tokens, cell.keptWidth());
  }

  /** Places what backward computes of one direction. */
  void placeGradient(LaneGradient g, double[] work, int workAt, int layer, int direction) {
    int at = workAt + sharedSize + direction * gradientSize;
    int in = spec.layerInput(layer);
    at = g.dGates().place(work, at, tokens, spec.gateRows());
    at = g.kept().place(work, at, tokens, cell.gradientWidth());
    at = g.dh().place(work, at, batch, spec.stateSize());
    at = g.dc().place(work, at, batch, cellSize());
    at = g.temporary().place(work, at, batch, spec.hiddenSize());
    at = g.previous().place(work, at, tokens, spec.stateSize());
    at = g.dInputs().place(work, at, tokens, in);
    at = g.dInputWeight().place(work, at, spec.gateRows(), in);
    at = g.dHiddenWeight().place(work, at, spec.gateRows(), spec.stateSize());
    g.dProjection().place(work, at, spec.projectionSize(), spec.hiddenSize());
  }

  /** First of the outputs, [T, N, D·stateSize], of a layer that is not the last. */
  int outputs(int keptAt, int layer) {
    int states = (training ? spec.layers() : 1) * lanes();
    int index = training ? layer : layer % 2;
    return keptStart(keptAt) + states * stateSize + index * outputSize;
  }

  /** First of the gradients of those, which the layer above leaves to the one below. */
  int outputGradients(int workAt) {
    return workAt + sharedSize + lanes() * gradientSize;
  }
}
