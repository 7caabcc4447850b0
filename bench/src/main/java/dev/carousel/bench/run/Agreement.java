package dev.carousel.bench.run;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Task;
import dev.carousel.bench.row.Values;
import dev.carousel.bench.worker.Answer;
import dev.carousel.rnn.Precision;
import java.util.Map;

/** How far an answer is from the right one. */
final class Agreement {
  /**
   * Rounding errors of single precision grow over a hundred steps to some 1e-6; a mistaken gate or
   * bias shows as more than 1e-3.
   */
  private static final double SINGLE = 5e-5;

  /**
   * Adam is not the same everywhere: some add ε before the correction of the moments and some
   * after, which parameters with the smallest gradients feel. Deeplearning4j and DJL were seen to
   * fall short or ahead by 3e-2 to 4e-2; another learning rate or pooling shows as more.
   */
  private static final double MODEL = 1e-1;

  /** Eight bits of a number, bfloat16 or an integer, over as many steps. */
  private static final double EIGHT_BITS = 5e-2;

  private Agreement() {}

  /** The largest error with which a peer may still be timed. */
  static double tolerance(Row row, Precision precision) {
    if (precision == Precision.BF16 || precision == Precision.INT8) {
      return EIGHT_BITS;
    }
    return row.task().wholeModel() ? MODEL : SINGLE;
  }

  /**
   * The largest difference of any number, in parts of the largest number of its array; of losses in
   * parts of how far they fell, since all of them begin near the logarithm of the classes. What a
   * library leaves beyond the end of a sequence does not count.
   *
   * @throws IllegalArgumentException naming an array that is missing or of another size
   */
  static double maxError(Row row, Answer right, Answer given) {
    double worst = 0;
    for (Map.Entry<String, float[]> part : right.parts().entrySet()) {
      String name = part.getKey();
      float[] expected = part.getValue();
      float[] theirs = given.parts().get(name);
      if (theirs == null) {
        throw new IllegalArgumentException("its answer has no " + name);
      }
      if (theirs.length != expected.length) {
        throw new IllegalArgumentException(
            "its %s has %d numbers, not %d".formatted(name, theirs.length, expected.length));
      }
      double scale = row.task().wholeModel() ? range(expected) : largest(expected);
      double difference = difference(row, expected, theirs);
      worst = Math.max(worst, scale == 0 ? difference : difference / scale);
    }
    return worst;
  }

  private static double difference(Row row, float[] right, float[] given) {
    int[] lengths = row.task() == Task.RAGGED ? new Values(row).lengths() : new int[0];
    int features = lengths.length == 0 ? 1 : right.length / (row.steps() * row.batch());
    double largest = 0;
    for (int i = 0; i < right.length; i++) {
      if (lengths.length > 0) {
        int step = i / features / row.batch();
        if (step >= lengths[i / features % row.batch()]) {
          continue;
        }
      }
      double d = Math.abs((double) right[i] - given[i]);
      // NaN is the largest difference of all
      largest = Double.isNaN(d) ? Double.POSITIVE_INFINITY : Math.max(largest, d);
    }
    return largest;
  }

  private static double largest(float[] numbers) {
    double largest = 0;
    for (float n : numbers) {
      largest = Math.max(largest, Math.abs(n));
    }
    return largest;
  }

  private static double range(float[] numbers) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (float n : numbers) {
      least = Math.min(least, n);
      most = Math.max(most, n);
    }
    return most - least;
  }
}
