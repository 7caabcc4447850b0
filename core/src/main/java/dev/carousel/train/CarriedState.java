package dev.carousel.train;

import dev.carousel.autograd.Ops;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Memory;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of recurrent networks between two windows of sequences too long to unroll: truncated
 * back-propagation through time (Williams and Peng 1990). The value goes on from window to window,
 * the gradient does not. It belongs to one reader of N rows, who closes it; it is not thread safe.
 *
 * <p>A task that has one gives it to the trainer ({@link TrainingTask#carried}), whose checkpoints
 * then hold it.
 */
public final class CarriedState implements AutoCloseable {
  private final List<RnnSpec> parts;
  private final int rows;
  private final Memory memory;
  private final Storage values;

  /** Zeros for N {@code rows} of the networks {@code parts}. */
  public CarriedState(Backend backend, List<RnnSpec> parts, int rows) {
    this.parts = List.copyOf(parts);
    this.rows = rows;
    this.memory = backend.memory();
    long size = parts.stream().mapToLong(p -> hSize(p) + cSize(p)).sum();
    this.values = memory.allocate(DType.F32, size);
  }

  private long hSize(RnnSpec part) {
    return part.hiddenShape(rows).size();
  }

  private long cSize(RnnSpec part) {
    return part.cell().hasCellState() ? part.cellShape(rows).size() : 0;
  }

  /** N. */
  public int rows() {
    return rows;
  }

  /** Starts new sequences: all zeros. */
  public void reset() {
    memory.fill(Tensor.of(values), 0);
  }

  /**
   * The states before a window, one for each part: copies in the memory of the step, so that {@link
   * #keep} may follow before backward.
   */
  public List<StateVar> begin(Ops ops) {
    List<StateVar> states = new ArrayList<>();
    long at = 0;
    for (RnnSpec part : parts) {
      Var h = copy(ops, at, part.hiddenShape(rows));
      at += hSize(part);
      Var c = part.cell().hasCellState() ? copy(ops, at, part.cellShape(rows)) : null;
      at += cSize(part);
      states.add(new StateVar(h, c));
    }
    return states;
  }

  private Var copy(Ops ops, long at, Shape shape) {
    Tensor t = ops.take(DType.F32, shape.dims());
    memory.copy(Tensor.of(values).slice(at, shape), t);
    return ops.constant(t);
  }

  /** Keeps the states after a window, one for each part, for the next one. */
  public void keep(List<StateVar> last) {
    long at = 0;
    for (int i = 0; i < parts.size(); i++) {
      at = keep(last.get(i).h(), at);
      Var c = last.get(i).c();
      at = c == null ? at : keep(c, at);
    }
  }

  private long keep(Var part, long at) {
    memory.copy(part.value(), Tensor.of(values).slice(at, part.shape()));
    return at + part.value().size();
  }

  /** A copy of all values; waits for them. */
  public float[] download() {
    float[] copy = new float[Math.toIntExact(values.size())];
    memory.download(Tensor.of(values), copy, 0);
    return copy;
  }

  /**
   * Goes back to what {@link #download} gave.
   *
   * @param saved null if there is none
   * @throws IllegalArgumentException if it is of other networks or of another number of rows
   */
  public void upload(float @Nullable [] saved) {
    int found = saved == null ? 0 : saved.length;
    if (saved == null || found != values.size()) {
      throw new IllegalArgumentException(
          "the state carried between batches has %d values for %d rows, not %d: resume with the rows a batch and the layers of before"
              .formatted(values.size(), rows, found));
    }
    memory.upload(saved, 0, Tensor.of(values));
  }

  @Override
  public void close() {
    values.close();
  }
}
