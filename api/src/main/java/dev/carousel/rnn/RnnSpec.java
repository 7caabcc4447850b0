package dev.carousel.rnn;

import dev.carousel.tensor.Shape;

/**
 * The shape of a recurrent network, everything but its weights. Letters used everywhere: T steps, N
 * sequences in the batch, C features, H hidden units, P projected units, D directions, L layers, G
 * gates.
 *
 * @param cell the recurrence
 * @param inputSize C of the first layer, at least 1
 * @param hiddenSize H, at least 1
 * @param layers L, at least 1; layer l reads the outputs of layer l − 1
 * @param direction one or both ways
 * @param projectionSize P, 0 for none, otherwise 1 to H − 1: h is multiplied by a learned [P, H]
 *     matrix before it is used (Sak et al. 2014); LSTM only
 * @param precision the arithmetic
 */
public record RnnSpec(
    Cell cell,
    int inputSize,
    int hiddenSize,
    int layers,
    Direction direction,
    int projectionSize,
    Precision precision) {

  /** Checks the ranges above. */
  public RnnSpec {
    if (inputSize < 1 || hiddenSize < 1 || layers < 1) {
      throw new IllegalArgumentException(
          "input size, hidden size and layers must be at least 1, not %d, %d, %d"
              .formatted(inputSize, hiddenSize, layers));
    }
    if (projectionSize < 0 || projectionSize >= hiddenSize) {
      throw new IllegalArgumentException(
          "a projection must be smaller than the hidden size %d (0 for none), not %d"
              .formatted(hiddenSize, projectionSize));
    }
    if (projectionSize > 0 && cell != Cell.LSTM) {
      throw new IllegalArgumentException("only the LSTM has a projection, not " + cell);
    }
  }

  /** One forward layer in single precision, without projection. */
  public static RnnSpec of(Cell cell, int inputSize, int hiddenSize) {
    return new RnnSpec(cell, inputSize, hiddenSize, 1, Direction.FORWARD, 0, Precision.F32);
  }

  /** The same with this many layers. */
  public RnnSpec withLayers(int n) {
    return new RnnSpec(cell, inputSize, hiddenSize, n, direction, projectionSize, precision);
  }

  /** The same, reading this way. */
  public RnnSpec withDirection(Direction d) {
    return new RnnSpec(cell, inputSize, hiddenSize, layers, d, projectionSize, precision);
  }

  /** The same with a projection to {@code p} units. */
  public RnnSpec withProjection(int p) {
    return new RnnSpec(cell, inputSize, hiddenSize, layers, direction, p, precision);
  }

  /** The same in this arithmetic. */
  public RnnSpec withPrecision(Precision p) {
    return new RnnSpec(cell, inputSize, hiddenSize, layers, direction, projectionSize, p);
  }

  /** Layer {@code l} alone, with the input size it has in the stack. */
  public RnnSpec layer(int l) {
    return new RnnSpec(cell, layerInput(l), hiddenSize, 1, direction, projectionSize, precision);
  }

  /** Units of h: P with a projection, otherwise H. */
  public int stateSize() {
    return projectionSize > 0 ? projectionSize : hiddenSize;
  }

  /** Features of the output: {@link #stateSize()} times the number of directions. */
  public int outputSize() {
    return stateSize() * direction.count();
  }

  /** Features that layer {@code l} reads. */
  public int layerInput(int l) {
    return l == 0 ? inputSize : outputSize();
  }

  /** G·H, the rows of a weight matrix. */
  public int gateRows() {
    return cell.gates() * hiddenSize;
  }

  /** Shape of x: [T, N, C]. */
  public Shape inputShape(int steps, int batch) {
    return Shape.of(steps, batch, inputSize);
  }

  /** Shape of y: [T, N, D·stateSize]. */
  public Shape outputShape(int steps, int batch) {
    return Shape.of(steps, batch, outputSize());
  }

  /** Shape of h: [L·D, N, stateSize], layer by layer, the forward direction first. */
  public Shape hiddenShape(int batch) {
    return Shape.of(layers * direction.count(), batch, stateSize());
  }

  /** Shape of c: [L·D, N, H]. */
  public Shape cellShape(int batch) {
    return Shape.of(layers * direction.count(), batch, hiddenSize);
  }
}
