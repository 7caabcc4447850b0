package dev.carousel.autograd;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Lengths;
import dev.carousel.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is told what a step computes, for a look inside; see {@link Ops#observe}. What it is shown lives
 * as long as the step. It may read, but not write.
 */
public interface Observer {
  /** One call of a recurrent network has been launched. */
  void recurrence(Recurred call);

  /** One direction of a layer has run step by step, over single kernels. */
  void steps(Stepped run);

  /** A layer has attended to a sequence. */
  void attention(Looked call);

  /**
   * A call of a recurrent network. On a tape every value here has its gradient after {@link
   * Tape#backward}, x even where nothing below it is trained.
   *
   * @param weights the network
   * @param x [T, N, C]
   * @param lengths of the rows
   * @param initial the state before the first step; null for zeros
   * @param y [T, N, D·stateSize]
   * @param last the state after each row's last step; null if the model does not read it
   */
  record Recurred(
      RnnParameter weights,
      Var x,
      Lengths lengths,
      @Nullable StateVar initial,
      Var y,
      @Nullable StateVar last) {}

  /**
   * A run of one direction of a layer that is unrolled. On a tape every value here has its gradient
   * after {@link Tape#backward}, x even where nothing below it is trained.
   *
   * @param network what the names of its parameters begin with
   * @param layer from 0
   * @param backwards whether it reads from the last step to the first
   * @param cell the recurrence
   * @param x [T, N, C]
   * @param lengths of the rows; beyond them a state stays as it was
   * @param steps what happened at each of the T steps, in the order of the sequence
   */
  record Stepped(
      String network,
      int layer,
      boolean backwards,
      Cell cell,
      Var x,
      Lengths lengths,
      List<Step> steps) {
    /** Copies the list. */
    public Stepped {
      steps = List.copyOf(steps);
    }
  }

  /**
   * One step of a cell.
   *
   * @param gates their activations, [1, N, H] each, in the order of the cell's weights
   * @param after the state that it hands on, [1, N, H]
   */
  record Step(List<Var> gates, StateVar after) {
    /** Copies the list. */
    public Step {
      gates = List.copyOf(gates);
    }
  }

  /**
   * What a layer looked at.
   *
   * @param layer its name, as its parameters begin
   * @param head from 0, of a layer that has several
   * @param weights [Q, N, T], for each query and row a distribution over T steps
   * @param lengths how many of the T steps of each row are real
   */
  record Looked(String layer, int head, Tensor weights, Lengths lengths) {}
}
