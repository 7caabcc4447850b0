package dev.carousel.cpu.fused;

import static dev.carousel.cpu.fused.Engines.assertClose;
import static dev.carousel.cpu.fused.Engines.doubles;
import static dev.carousel.cpu.fused.Engines.uniform;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.LayerNormBackward;
import dev.carousel.spi.LayerNormForward;
import dev.carousel.spi.NormalizationKernels;
import dev.carousel.tensor.Tensor;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusedNormalizationTest {
  private static final Backend REFERENCE = Backends.named("reference", 1);

  @BeforeAll
  static void needsTheLibrary() {
    assumeTrue(FusedKernels.refusal() == null, FusedKernels::refusal);
  }

  @AfterAll
  static void close() {
    REFERENCE.close();
  }

  /** The operands of a call forwards and one backwards, as F32 or F64 tensors. */
  private record Call(int rows, int features, Function<float[], Tensor> tensor) {
    Tensor x() {
      float[] x = uniform(21, rows * features, 1);
      for (int i = 0; i < x.length; i++) {
        x[i] = x[i] * (1 + i / features % 3) + 7 * (i / features % 2); // means far from 0 too
      }
      return of(x, rows, features);
    }

    private Tensor of(float[] values, int... dims) {
      Tensor flat = tensor.apply(values);
      return new Tensor(flat.storage(), 0, dev.carousel.tensor.Shape.of(dims));
    }

    Results run(NormalizationKernels kernels) {
      Tensor gain = of(uniform(22, features, 2), features);
      Tensor y = of(new float[rows * features], rows, features);
      Tensor statistics = of(new float[2 * rows], rows, 2);
      Tensor shift = of(uniform(23, features, 1), features);
      LayerNormForward forward = new LayerNormForward(x(), gain, shift, 1e-5, y, statistics);
      kernels.forward(forward);
      Tensor dx = of(new float[rows * features], rows, features);
      Tensor dGain = of(uniform(24, features, 1), features);
      Tensor dShift = of(uniform(25, features, 1), features);
      Tensor dy = of(uniform(26, rows * features, 1), rows, features);
      kernels.backward(new LayerNormBackward(forward, dy, dx, dGain, dShift));
      return new Results(y, statistics, dx, dGain, dShift);
    }
  }

  private record Results(Tensor y, Tensor statistics, Tensor dx, Tensor dGain, Tensor dShift) {
    void assertFollow(Results want) {
      assertClose("y", y.heap().floats(), want.y.heap().doubles(), 2e-6);
      assertClose("statistics", statistics.heap().floats(), want.statistics.heap().doubles(), 2e-6);
      assertClose("dx", dx.heap().floats(), want.dx.heap().doubles(), 2e-5);
      assertClose("dGain", dGain.heap().floats(), want.dGain.heap().doubles(), 5e-5);
      assertClose("dShift", dShift.heap().floats(), want.dShift.heap().doubles(), 1e-5);
    }

    float[] bits() {
      int n = (int) (dx.size() + dGain.size() + dShift.size());
      float[] all = new float[n];
      int at = 0;
      for (Tensor t : new Tensor[] {dx, dGain, dShift}) {
        System.arraycopy(t.heap().floats(), 0, all, at, (int) t.size());
        at += (int) t.size();
      }
      return all;
    }
  }

  /** One row, odd widths, more rows than blocks have at least, and more than there are blocks. */
  @ParameterizedTest
  @CsvSource({"1, 5", "7, 33", "100, 128", "2100, 20"})
  void bothWaysFollowTheReference(int rows, int features) {
    Call wide = new Call(rows, features, v -> Tensor.of(doubles(v), v.length));
    Results want = wide.run(REFERENCE.normalization());
    Call single = new Call(rows, features, v -> Tensor.of(v, v.length));
    Engines.each(k -> single.run(k.normalization(REFERENCE.normalization())).assertFollow(want));
  }

  @Test
  void r10_theNumberOfThreadsChangesNoBit() {
    Call call = new Call(700, 101, v -> Tensor.of(v, v.length));
    Engines.assertBitsOfOneThread(k -> call.run(k.normalization(REFERENCE.normalization())).bits());
  }
}
