package dev.carousel.rnn;

import dev.carousel.tensor.Tensor;

/**
 * A batch of sequences.
 *
 * @param values [T, N, C], time-major (rule R1)
 * @param lengths how many steps of each of the N rows are real
 */
public record Sequences(Tensor values, Lengths lengths) {
  /** Checks that values and lengths agree. */
  public Sequences {
    if (values.shape().rank() != 3
        || values.shape().dim(0) != lengths.maxSteps()
        || values.shape().dim(1) != lengths.batch()) {
      throw new IllegalArgumentException(
          "sequences of shape %s do not go with lengths of %d steps and %d rows"
              .formatted(values.shape(), lengths.maxSteps(), lengths.batch()));
    }
  }
}
