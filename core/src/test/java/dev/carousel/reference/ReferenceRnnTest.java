package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.spi.BackendOptions;
import dev.carousel.spi.Pass;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Eleven rows, so two groups; unsorted lengths with zeros, ones and full rows. */
class ReferenceRnnTest {
  private static final int[] LENGTHS = {3, 0, 4, 1, 4, 2, 0, 3, 1, 2, 4};

  private final Backend backend = new ReferenceBackend(new BackendOptions(0, 2));

  @AfterEach
  void close() {
    backend.close();
  }

  static Stream<RnnSpec> specs() {
    return RnnSpecs.all();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void r02_everyRowFollowsTheEquationsOfItsCell(RnnSpec spec) {
    RnnCase in = new RnnCase(spec, 4, 42, LENGTHS);
    for (Pass pass : Pass.values()) {
      RnnCase.Result out = in.run(backend, pass);
      for (int n = 0; n < LENGTHS.length; n++) {
        requireRow(in, out, n);
      }
    }
  }

  private static void requireRow(RnnCase in, RnnCase.Result out, int n) {
    RnnSpec spec = in.spec;
    int lanes = spec.layers() * spec.direction().count();
    int length = in.lengths.host(n);
    double[][] x = new double[length][];
    for (int t = 0; t < length; t++) {
      x[t] = row(in.x, t * in.batch + n, spec.inputSize());
    }
    double[][] h0 = new double[lanes][];
    double[][] c0 = new double[lanes][];
    for (int l = 0; l < lanes; l++) {
      h0[l] = row(in.h0, l * in.batch + n, spec.stateSize());
      c0[l] = in.c0.length == 0 ? null : row(in.c0, l * in.batch + n, spec.hiddenSize());
    }
    NaiveRnn.Row expected = new NaiveRnn(spec, in.weights).run(x, h0, c0);
    for (int t = 0; t < in.steps; t++) {
      double[] y = t < length ? expected.y()[t] : new double[spec.outputSize()];
      assertThat(row(out.y, t * in.batch + n, spec.outputSize()))
          .as("y at step %d of row %d, length %d", t, n, length)
          .containsExactly(y, within(1e-13));
    }
    for (int l = 0; l < lanes; l++) {
      assertThat(row(out.h, l * in.batch + n, spec.stateSize()))
          .as("last h of lane %d, row %d", l, n)
          .containsExactly(expected.h()[l], within(1e-13));
      if (c0[l] != null) {
        assertThat(row(out.c, l * in.batch + n, spec.hiddenSize()))
            .as("last c of lane %d, row %d", l, n)
            .containsExactly(expected.c()[l], within(1e-13));
      }
    }
  }

  private static double[] row(double[] values, int row, int size) {
    return Arrays.copyOfRange(values, row * size, (row + 1) * size);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void r04_gradientsAreTheSlopesOfTheObjective(RnnSpec spec) {
    RnnCase in = new RnnCase(spec, 4, 7, LENGTHS);
    RnnCase.Result out = in.run(backend, Pass.TRAINING);
    DoubleSupplier objective = () -> in.objective(in.run(backend, Pass.INFERENCE));
    Slopes.require("x", in.x, out.dx, objective);
    Slopes.require("weights", in.weights, out.dWeights, objective);
    Slopes.require("h0", in.h0, out.dh0, objective);
    Slopes.require("c0", in.c0, out.dc0, objective);
  }
}
