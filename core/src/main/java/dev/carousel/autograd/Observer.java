package dev.carousel.autograd;

import dev.carousel.rnn.Lengths;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Is told what a step computes, for a look inside; see {@link Ops#observe}. What it is shown lives
 * as long as the step. It may read, but not write.
 */
public interface Observer {
  /** One call of a recurrent network has been launched. */
  void recurrence(Recurred call);

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
   * What a layer looked at.
   *
   * @param layer its name, as its parameters begin
   * @param head from 0, of a layer that has several
   * @param weights [Q, N, T], for each query and row a distribution over T steps
   * @param lengths how many of the T steps of each row are real
   */
  record Looked(String layer, int head, Tensor weights, Lengths lengths) {}
}
