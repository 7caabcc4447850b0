package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.spi.BackendOptions;
import dev.carousel.spi.Pass;
import dev.carousel.spi.UnsupportedSpecException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Golden steps by hand, and that threads change the time but never a bit. */
class RnnPropertiesTest {
  @ParameterizedTest
  @EnumSource(Cell.class)
  void r10_oneTwoAndFiveThreadsGiveTheSameBits(Cell cell) {
    RnnSpec spec =
        RnnSpec.of(cell, 40, 50)
            .withLayers(2)
            .withDirection(Direction.BIDIRECTIONAL)
            .withPrecision(Precision.F64);
    int[] lengths = {9, 3, 0, 12, 12, 1, 7, 8, 2, 11, 5, 5, 6, 12, 4, 10, 9, 1, 3};
    RnnCase in = new RnnCase(spec, 12, 77, lengths);
    for (int i = 0; i < in.weights.length; i++) {
      in.weights[i] *= 0.2;
    }
    RnnCase.Result one = run(in, 1);
    for (int threads : new int[] {2, 2, 5}) {
      RnnCase.Result more = run(in, threads);
      assertThat(more.y).isEqualTo(one.y);
      assertThat(more.h).isEqualTo(one.h);
      assertThat(more.dx).isEqualTo(one.dx);
      assertThat(more.dh0).isEqualTo(one.dh0);
      assertThat(more.dWeights).isEqualTo(one.dWeights);
    }
  }

  private static RnnCase.Result run(RnnCase in, int threads) {
    try (Backend backend = new ReferenceBackend(new BackendOptions(0, threads))) {
      return in.run(backend, Pass.TRAINING);
    }
  }

  /** One unit, one input, one step; every pre-activation is a logarithm, so σ is a fraction. */
  @Test
  void r02_oneStepOfAnLstmIsTheHandComputedOne() {
    RnnCase in = oneUnit(Cell.LSTM);
    // W = 0, U = 0, b + b' = log 3, log 1, atanh 1/2, log 4: i = 3/4, f = 1/2, g = 1/2, o = 4/5
    setBiases(in, 8, Math.log(3), 0, atanh(0.5), Math.log(4));
    in.c0[0] = 1;
    RnnCase.Result out = run(in, 1);
    double c = 0.5 * 1 + 0.75 * 0.5;
    assertThat(out.c[0]).isCloseTo(c, within(1e-15));
    assertThat(out.y[0]).isCloseTo(0.8 * Math.tanh(c), within(1e-15));
  }

  @Test
  void r02_oneStepOfAGruIsTheHandComputedOne() {
    RnnCase in = oneUnit(Cell.GRU);
    // r = 3/4, z = 1/5; n = tanh(b_n + r b'_n) with b_n = 0.1 and b'_n = 0.4: tanh 0.4
    setBiases(in, 6, Math.log(3), -Math.log(4), 0);
    in.weights[8] = 0.1;
    in.weights[11] = 0.4;
    in.h0[0] = 0.5;
    assertThat(run(in, 1).y[0]).isCloseTo(0.8 * Math.tanh(0.4) + 0.2 * 0.5, within(1e-15));
  }

  @Test
  void r02_theOtherGruAddsBothBiasesBeforeTheReset() {
    RnnCase in = oneUnit(Cell.GRU_RESET_BEFORE);
    // U_n = 2: n = tanh(0.1 + 2 · 3/4 · 1/2 + 0.4)
    setBiases(in, 6, Math.log(3), -Math.log(4), 0);
    in.weights[5] = 2;
    in.weights[8] = 0.1;
    in.weights[11] = 0.4;
    in.h0[0] = 0.5;
    assertThat(run(in, 1).y[0]).isCloseTo(0.8 * Math.tanh(1.25) + 0.2 * 0.5, within(1e-15));
  }

  private static RnnCase oneUnit(Cell cell) {
    RnnSpec spec = RnnSpec.of(cell, 1, 1).withPrecision(Precision.F64);
    RnnCase in = new RnnCase(spec, 1, 1, 1);
    Arrays.fill(in.weights, 0);
    return in;
  }

  private static void setBiases(RnnCase in, int first, double... biases) {
    System.arraycopy(biases, 0, in.weights, first, biases.length);
  }

  private static double atanh(double x) {
    return Math.log((1 + x) / (1 - x)) / 2;
  }

  @ParameterizedTest
  @EnumSource(names = {"TF32", "BF16", "F16"})
  void r09_narrowPrecisionIsRefusedWhenPlanning(Precision precision) {
    try (Backend backend = new ReferenceBackend(BackendOptions.DEFAULT)) {
      RnnSpec spec = RnnSpec.of(Cell.LSTM, 2, 3).withPrecision(precision);
      assertThatExceptionOfType(UnsupportedSpecException.class)
          .isThrownBy(() -> backend.rnn().plan(spec, 1, 1, Pass.INFERENCE))
          .withMessageContaining(precision.name())
          .withMessageContaining("CUDA");
    }
  }

  @Test
  void theBackendDescribesEveryKernelGroup() {
    try (Backend backend = new ReferenceBackend(new BackendOptions(0, 3))) {
      Map<String, String> facts = backend.describe();
      assertThat(facts)
          .containsEntry("threads", "3")
          .containsKeys(
              "device",
              "rnn",
              "linear",
              "elementwise",
              "embedding",
              "pooling",
              "attention",
              "loss",
              "crf",
              "noise",
              "optimizer",
              "capture");
    }
  }
}
