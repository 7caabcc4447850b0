package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.Pooling;
import dev.carousel.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three steps, rows of length 3, 0 and 2, two features. */
class ReferencePoolingTest {
  private static final Lengths LENGTHS = Lengths.onHost(3, 3, 0, 2);

  private final ReferencePooling kernels = new ReferencePooling();
  private final double[] x = {
    1, 9, 99, 99, 7, 2, //
    4, 9, 99, 99, 5, 8, //
    1, 3, 99, 99, 99, 99
  };
  private final int[] argmax = new int[6];

  private double[] pool(Pooling pooling, Direction direction) {
    double[] out = new double[6];
    kernels.forward(
        pooling,
        direction,
        new Sequences(Tensor.of(x, 3, 3, 2), LENGTHS),
        Tensor.of(out, 3, 2),
        pooling == Pooling.MAX ? Tensor.of(argmax, 3, 2) : null);
    return out;
  }

  @Test
  void theLastStepIsTheOneWhereEachDirectionEnds() {
    assertThat(pool(Pooling.LAST, Direction.FORWARD)).containsExactly(1, 3, 0, 0, 5, 8);
    assertThat(pool(Pooling.LAST, Direction.BIDIRECTIONAL)).containsExactly(1, 9, 0, 0, 5, 2);
  }

  @Test
  void theMeanIsOverRealStepsOnly() {
    assertThat(pool(Pooling.MEAN, Direction.FORWARD)).containsExactly(2, 7, 0, 0, 6, 5);
  }

  @Test
  void theMaximumIsTheEarliestOfEquals() {
    assertThat(pool(Pooling.MAX, Direction.FORWARD)).containsExactly(4, 9, 0, 0, 7, 8);
    assertThat(argmax).containsExactly(1, 0, -1, -1, 0, 1);
  }

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void r04_gradientsAreSlopes(Pooling pooling) {
    x[1] = 9.5; // a maximum without a rival has a slope
    double[] dOut = Slopes.random(new Random(4), 6);
    double[] dx = new double[18];
    pool(pooling, Direction.BIDIRECTIONAL);
    kernels.backward(
        pooling,
        Direction.BIDIRECTIONAL,
        LENGTHS,
        Tensor.of(dOut, 3, 2),
        pooling == Pooling.MAX ? Tensor.of(argmax, 3, 2) : null,
        Tensor.of(dx, 3, 3, 2));
    Slopes.require("x", x, dx, () -> Slopes.dot(dOut, pool(pooling, Direction.BIDIRECTIONAL)));
  }

  @Test
  void anOddNumberOfFeaturesHasNoTwoHalves() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                kernels.forward(
                    Pooling.LAST,
                    Direction.BIDIRECTIONAL,
                    new Sequences(Tensor.of(new double[3], 1, 1, 3), Lengths.full(1, 1)),
                    Tensor.of(new double[3], 1, 3),
                    null))
        .withMessageContaining("even number of features, not 3");
  }
}
