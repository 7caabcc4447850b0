package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.spi.SigmoidLoss;
import dev.carousel.spi.SoftmaxLoss;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers from the formulas by hand, slopes by differences, logits that overflow naive code. */
class ReferenceLossTest {
  private final ReferenceLoss kernels = new ReferenceLoss(new Workers(1), new ThreadScratch());

  @Test
  void softmaxOfTwoClassesIsTheHandComputedOne() {
    double[] loss = new double[2];
    double[] d = new double[2];
    // p = (1/4, 3/4): −log(1/4), and p − (1, 0)
    kernels.softmax(
        new SoftmaxLoss(
            Tensor.of(new double[] {0, Math.log(3)}, 1, 2),
            Tensor.of(new int[] {0}, 1),
            null,
            0,
            Tensor.of(loss, 2),
            Tensor.of(d, 1, 2),
            1));
    assertThat(loss).containsExactly(new double[] {Math.log(4), 1}, within(1e-15));
    assertThat(d).containsExactly(new double[] {-0.75, 0.75}, within(1e-15));
  }

  @Test
  void weightsAndSmoothingFollowTheFormula() {
    double[] z = {1, 2, 0.5, -1, 0, 1};
    int[] gold = {2, 1};
    double[] w = {0.5, 2, 3};
    double eps = 0.1;
    double expected = 0;
    for (int r = 0; r < 2; r++) {
      double sum = Math.exp(z[3 * r]) + Math.exp(z[3 * r + 1]) + Math.exp(z[3 * r + 2]);
      expected -= (1 - eps) * w[gold[r]] * (z[3 * r + gold[r]] - Math.log(sum));
      for (int c = 0; c < 3; c++) {
        expected -= eps / 3 * w[c] * (z[3 * r + c] - Math.log(sum));
      }
    }
    double[] loss = softmax(z, gold, w, eps, new double[6]);
    assertThat(loss[0]).isCloseTo(expected, within(1e-14));
    assertThat(loss[1]).isEqualTo(5);
  }

  private double[] softmax(double[] z, int[] gold, double[] w, double smoothing, double[] d) {
    double[] loss = new double[2];
    int rows = gold.length;
    int classes = z.length / rows;
    kernels.softmax(
        new SoftmaxLoss(
            Tensor.of(z, rows, classes),
            Tensor.of(gold, rows),
            w == null ? null : Tensor.of(w, classes),
            smoothing,
            Tensor.of(loss, 2),
            Tensor.of(d, rows, classes),
            1));
    return loss;
  }

  @Test
  void softmaxGradientIsTheSlopeOfTheMean() {
    double[] z = Slopes.random(new Random(5), 20);
    double[] w = {0.5, 2, 3, 1, 0.1};
    int[] gold = {4, -1, 0, 2};
    double[] d = new double[20];
    softmax(z, gold, w, 0.1, d);
    Slopes.require(
        "logits",
        z,
        d,
        () -> {
          double[] loss = softmax(z, gold, w, 0.1, new double[20]);
          return loss[0] / loss[1];
        });
    assertThat(Arrays.copyOfRange(d, 5, 10)).containsOnly(0);
  }

  @Test
  void hugeLogitsOverflowNothing() {
    double[] d = new double[2];
    double[] loss = softmax(new double[] {1e4, -1e4}, new int[] {1}, null, 0, d);
    assertThat(loss[0]).isEqualTo(2e4);
    assertThat(d).containsExactly(1, -1);
  }

  @Test
  void whereNoRowCountsThereIsNoGradient() {
    double[] d = {9, 9};
    double[] loss = softmax(new double[] {1, 2}, new int[] {-1}, null, 0, d);
    assertThat(loss).containsExactly(0, 0);
    assertThat(d).containsExactly(0, 0);
  }

  @Test
  void aLabelThatIsNoClassIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> softmax(new double[4], new int[] {0, 2}, null, 0, new double[4]))
        .withMessage("gold label 2 of row 1 is not below 2 classes");
  }

  @Test
  void logisticLossIsTheHandComputedOne() {
    double[] loss = new double[2];
    double[] d = new double[2];
    // σ(log 3) = 3/4, σ(0) = 1/2: −2 log(3/4) − log(1/2), over two elements
    sigmoid(new double[] {Math.log(3), 0}, new double[] {1, 0}, new double[] {2, 5}, loss, d);
    assertThat(loss)
        .containsExactly(new double[] {2 * Math.log(4.0 / 3) + Math.log(2), 2}, within(1e-15));
    assertThat(d).containsExactly(new double[] {-0.25, 0.25}, within(1e-15));
  }

  private void sigmoid(double[] x, double[] t, double[] w, double[] loss, double[] d) {
    kernels.sigmoid(
        new SigmoidLoss(
            Tensor.of(x, x.length / 2, 2),
            Tensor.of(t, x.length / 2, 2),
            Tensor.of(w, 2),
            Tensor.of(loss, 2),
            Tensor.of(d, x.length / 2, 2),
            1));
  }

  @Test
  void logisticGradientIsTheSlopeAndSkipsRows() {
    double[] x = {0.3, -1, 2, 0.5, -40, 40};
    double[] t = {1, 0.25, -1, 0, 1, 0};
    double[] w = {2, 0.5};
    double[] d = new double[6];
    sigmoid(x, t, w, new double[2], d);
    Slopes.require(
        "logits",
        x,
        d,
        () -> {
          double[] loss = new double[2];
          sigmoid(x, t, w, loss, new double[6]);
          return loss[0] / loss[1];
        });
    assertThat(d[2]).isZero();
    assertThat(d[3]).isZero();
  }

  @Test
  void probabilitiesMayReplaceTheLogits() {
    Tensor t = Tensor.of(new double[] {0, Math.log(3), 1000, 1000}, 2, 2);
    kernels.probabilities(t, t);
    assertThat(t.heap().doubles())
        .containsExactly(new double[] {0.25, 0.75, 0.5, 0.5}, within(1e-15));
  }
}
