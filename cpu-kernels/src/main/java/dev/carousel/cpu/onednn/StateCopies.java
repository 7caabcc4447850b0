package dev.carousel.cpu.onednn;

import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Copies states, [L·D, N, S] on the heap, to and from the blocks [N, S] of each cell; a cell is one
 * direction of one layer, numbered as in the first axis.
 */
final class StateCopies {
  private final StepRows rows;
  private final int batch;

  StateCopies(StepRows rows, int batch) {
    this.rows = rows;
    this.batch = batch;
  }

  private int start(Tensor state, int cell, int units) {
    return state.heapOffset() + cell * batch * units;
  }

  /** Copies a cell's state in, zeros if there is none. */
  void put(@Nullable Tensor from, int cell, int units, Space space, NativeType type, long offset) {
    Elements to = space.elements(type);
    int at = space.index(offset, type);
    if (from == null) {
      to.zero(at, batch * units);
    } else {
      to.put(at, from.heap().floats(), start(from, cell, units), batch * units);
    }
  }

  /** Copies single-precision numbers out. */
  void get(Space space, long offset, Tensor to, int cell, int units) {
    int at = space.index(offset, NativeType.F32);
    float[] values = to.heap().floats();
    space.elements(NativeType.F32).get(at, values, start(to, cell, units), batch * units);
  }

  /** Copies the outputs at each row's last step out. */
  void getLastStep(StepRows.Block outputs, Tensor to, int cell, int units) {
    rows.copyLastOut(outputs, to.heap().floats(), start(to, cell, units), units);
  }

  /** Adds a gradient to that of the outputs at each row's last step. */
  void addAtLastStep(Tensor from, int cell, int units, StepRows.Block dOutputs) {
    rows.addLast(from.heap().floats(), start(from, cell, units), units, dOutputs);
  }

  /** Rows of length 0 leave a state, or its gradient, as it came (rule R5). */
  void passEmptyRows(@Nullable Tensor from, Tensor to, int cell, int units) {
    float[] values = to.heap().floats();
    for (int n = 0; n < batch; n++) {
      if (rows.length(n) == 0) {
        int at = start(to, cell, units) + n * units;
        if (from == null) {
          Arrays.fill(values, at, at + units, 0);
        } else {
          int source = start(from, cell, units) + n * units;
          System.arraycopy(from.heap().floats(), source, values, at, units);
        }
      }
    }
  }
}
