package dev.carousel.bench.worker;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Task;
import dev.carousel.bench.row.Values;

/** What all peers' rows without gradients have in common: pieces of x in, pieces of y out. */
public abstract class InferenceRun implements Exercise {
  /** What is run. */
  protected final Row row;

  /** The row's numbers. */
  protected final Values values;

  /** The input of a piece, [T, N, C]. */
  protected final float[] x;

  /** The output of the last piece, [T, N, D·H]. */
  protected final float[] y;

  /** Draws the input. */
  protected InferenceRun(Row row) {
    this.row = row;
    this.values = new Values(row);
    this.x = values.x();
    this.y = new float[values.outputSize()];
  }

  /**
   * One call of the network: copies {@link #x} in and {@link #y} out. Where the row carries its
   * state, it goes on from where the piece before ended.
   */
  protected abstract void piece() throws Exception;

  /** Pieces of a call. */
  protected final int pieces() {
    return row.task() == Task.LONG ? row.steps() / Row.CHUNK : 1;
  }

  @Override
  public final void run() throws Exception {
    for (int i = pieces(); i > 0; i--) {
      piece();
    }
  }

  @Override
  public final Answer answer() throws Exception {
    int pieces =
        row.task() == Task.STEP ? Values.ANSWER_STEPS : Math.min(Values.ANSWER_CHUNKS, pieces());
    int kept = row.task() == Task.STEP ? pieces : 1;
    float[] last = new float[kept * y.length];
    for (int i = 0; i < pieces; i++) {
      piece();
      System.arraycopy(y, 0, last, i % kept * y.length, y.length);
    }
    return Answer.of("y", inOrder(last));
  }

  /** The answer time first, for libraries whose y is not. */
  protected float[] inOrder(float[] answer) {
    return answer;
  }
}
