package dev.carousel.cpu.fused;

import static dev.carousel.cpu.fused.Engines.assertClose;
import static dev.carousel.cpu.fused.Engines.doubles;
import static dev.carousel.cpu.fused.Engines.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.Penalty;
import dev.carousel.spi.RegressionLoss;
import dev.carousel.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FusedRegressionTest {
  private static final Backend REFERENCE = Backends.named("reference", 1);
  private static final List<Penalty> PENALTIES =
      List.of(Penalty.SQUARED, Penalty.ABSOLUTE, Penalty.huber(0.5));

  @BeforeAll
  static void needsTheLibrary() {
    assumeTrue(FusedKernels.refusal() == null, FusedKernels::refusal);
  }

  @AfterAll
  static void close() {
    REFERENCE.close();
  }

  /** Every fifth does not count. */
  private static float[] targets(int n) {
    float[] t = uniform(32, n, 3);
    for (int i = 2; i < n; i += 5) {
      t[i] = Float.NaN;
    }
    return t;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 23, 70_001})
  void everyPenaltyFollowsTheReference(int n) {
    float[] y = uniform(31, n, 3);
    for (Penalty penalty : PENALTIES) {
      double[] d = new double[n];
      double[] loss = new double[2];
      Tensor exact = Tensor.of(doubles(y), n);
      Tensor exactTargets = Tensor.of(doubles(targets(n)), n);
      Tensor lossOut = Tensor.of(loss, 2);
      REFERENCE
          .loss()
          .regression(
              new RegressionLoss(exact, exactTargets, penalty, lossOut, Tensor.of(d, n), n));
      Engines.each(
          k -> {
            Tensor in = Tensor.of(y.clone(), n);
            Tensor out = Tensor.of(new float[2], 2);
            Tensor t = Tensor.of(targets(n), n);
            k.loss(REFERENCE.loss()).regression(new RegressionLoss(in, t, penalty, out, in, n));
            assertThat(out.heap().floats()[0])
                .isCloseTo((float) loss[0], within((float) (loss[0] * 1e-6 + 1e-7)));
            assertThat(out.heap().floats()[1]).isEqualTo((float) loss[1]);
            assertClose(penalty.toString(), in.heap().floats(), d, 5e-6);
          });
    }
  }

  @Test
  void r10_theNumberOfThreadsChangesNoBit() {
    int n = 150_007;
    Tensor t = Tensor.of(targets(n), n);
    Engines.assertBitsOfOneThread(
        k -> {
          Tensor in = Tensor.of(uniform(33, n, 3), n);
          Tensor out = Tensor.of(new float[2], 2);
          Penalty huber = Penalty.huber(0.5);
          k.loss(REFERENCE.loss()).regression(new RegressionLoss(in, t, huber, out, in, 1));
          in.heap().floats()[0] = out.heap().floats()[0];
          return in.heap().floats();
        });
  }

  @Test
  void aPredictionThatIsNoNumberShowsInTheLossAndItsGradient() {
    for (Penalty penalty : PENALTIES) {
      Engines.each(
          k -> {
            Tensor y = Tensor.of(new float[] {1, Float.NaN, 2}, 3);
            Tensor t = Tensor.of(new float[] {1, 1, Float.NaN}, 3);
            Tensor loss = Tensor.of(new float[2], 2);
            Tensor d = Tensor.of(new float[3], 3);
            k.loss(REFERENCE.loss()).regression(new RegressionLoss(y, t, penalty, loss, d, 1));
            assertThat(loss.heap().floats()).containsExactly(Float.NaN, 2);
            assertThat(d.heap().floats()).containsExactly(0, Float.NaN, 0);
          });
    }
  }
}
