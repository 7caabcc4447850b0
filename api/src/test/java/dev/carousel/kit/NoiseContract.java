package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.kit.run.KernelCall;
import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RandomValues;
import dev.carousel.spi.Noise;
import dev.carousel.spi.Philox;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dropout: which units are dropped is part of the contract. */
public interface NoiseContract extends BackendContract {
  /** Low and high half of the seed, and the step. */
  private static int[] state() {
    return new int[] {0x1234_5678, 0x9ABC_DEF0, 41};
  }

  private static double scale(int index, int site, double rate) {
    int[] s = state();
    int word = Philox.word(s[0], s[1], s[2], site, index);
    boolean kept = Integer.compareUnsigned(word, Philox.threshold(rate)) >= 0;
    return kept ? 1 / (1 - rate) : 0;
  }

  /** Element i draws the word of i mod period; in place too. */
  @ParameterizedTest
  @MethodSource("types")
  default void r10_dropoutDropsTheUnitsOfTheGenerator(DType type) {
    double[] x = new RandomValues(61).awayFromZero(7 * 3 * 5, 0.1, 1);
    for (double rate : new double[] {0, 0.1, 0.5, 0.9}) {
      for (int period : new int[] {7 * 3 * 5, 3 * 5, 1}) {
        double[] want = new double[x.length];
        Arrays.setAll(want, i -> x[i] * scale(i % period, 9, rate));
        Outcome wanted = new Outcome();
        wanted.put("y", want);
        try (KernelCall call = new KernelCall(backend(), type)) {
          Noise noise = new Noise(call.in("state", state(), 3), 9);
          Tensor from = call.in("x", x, 7, 3, 5);
          backend().noise().dropout(from, call.written("y", 7, 3, 5), rate, period, noise);
          assertClose(rate + ", " + period, call.outcome(), wanted, tolerance(type));
        }
        try (KernelCall call = new KernelCall(backend(), type)) {
          Noise noise = new Noise(call.in("state", state(), 3), 9);
          Tensor inPlace = call.updated("y", x, 7, 3, 5);
          backend().noise().dropout(inPlace, inPlace, rate, period, noise);
          assertClose(rate + ", " + period, call.outcome(), wanted, tolerance(type));
        }
      }
    }
  }

  /** All rows of an id share its word; rows without an id stay as they are. */
  @ParameterizedTest
  @MethodSource("types")
  default void r10_dropRowsDropsEveryOccurrenceOfAnId(DType type) {
    int[] ids = new RandomValues(62).integers(30, -1, 9);
    double[] x = new RandomValues(63).awayFromZero(30 * 4, 0.1, 1);
    Outcome want = new Outcome();
    want.put("y", new double[x.length]);
    Arrays.setAll(want.get("y"), i -> ids[i / 4] < 0 ? x[i] : x[i] * scale(ids[i / 4], 2, 0.5));
    try (KernelCall call = new KernelCall(backend(), type)) {
      Noise noise = new Noise(call.in("state", state(), 3), 2);
      Tensor from = call.in("x", x, 3, 10, 4);
      Tensor to = call.written("y", 3, 10, 4);
      backend().noise().dropRows(call.in("ids", ids, 3, 10), from, to, 0.5, noise);
      assertClose("dropRows", call.outcome(), want, tolerance(type));
    }
  }

  /** A binomial count stays within five standard deviations of its mean. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9})
  default void noise_theShareOfKeptUnitsIsOneMinusTheRate(double rate) {
    int n = 100_000;
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    DType type = types().findFirst().orElseThrow();
    try (KernelCall call = new KernelCall(backend(), type)) {
      Noise noise = new Noise(call.in("state", state(), 3), 0);
      backend().noise().dropout(call.in("x", ones, n), call.written("y", n), rate, n, noise);
      double kept = Arrays.stream(call.outcome().get("y")).filter(v -> v != 0).count();
      double deviation = Math.sqrt(rate * (1 - rate) / n);
      assertThat(kept / n).isCloseTo(1 - rate, within(5 * deviation));
    }
  }

  /** On the device, so that a replayed step draws new bits. */
  @ParameterizedTest
  @MethodSource("types")
  default void noise_advanceAddsOneToTheStepAndDrawsOtherBits(DType type) {
    double[] ones = new double[64];
    Arrays.fill(ones, 1);
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor state = call.updatedInts("state", state());
      Tensor x = call.in("x", ones, 64);
      Tensor before = call.written("before", 64);
      Tensor after = call.written("after", 64);
      backend().noise().dropout(x, before, 0.5, 64, new Noise(state, 0));
      backend().noise().advance(state);
      backend().noise().dropout(x, after, 0.5, 64, new Noise(state, 0));
      Outcome got = call.outcome();
      assertThat(got.get("state")).containsExactly(state()[0], state()[1], 42);
      assertThat(got.get("after")).isNotEqualTo(got.get("before"));
    }
  }

  /** A period beyond the tensor, a rate of one, a wrong shape. */
  @ParameterizedTest
  @MethodSource("types")
  default void r08_noiseNamesAWrongShapeRateOrPeriod(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Noise noise = new Noise(call.in("state", state(), 3), 0);
      Tensor x = call.in("x", new double[6], 2, 3);
      Tensor y = call.written("y", 2, 3);
      Tensor wide = call.written("wide", 2, 4);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> backend().noise().dropout(x, wide, 0.5, 6, noise))
          .withMessageContaining("[2, 3]")
          .withMessageContaining("[2, 4]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> backend().noise().dropout(x, y, 1, 6, noise))
          .withMessageContaining("1");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> backend().noise().dropout(x, y, 0.5, 7, noise))
          .withMessageContaining("7");
      assertThat(call.outcome().get("y")).containsOnly(Double.NaN);
    }
  }
}
