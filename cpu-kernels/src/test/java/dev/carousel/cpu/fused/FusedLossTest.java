package dev.carousel.cpu.fused;

import static dev.carousel.cpu.fused.Engines.assertClose;
import static dev.carousel.cpu.fused.Engines.doubles;
import static dev.carousel.cpu.fused.Engines.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.LossKernels;
import dev.carousel.spi.SigmoidLoss;
import dev.carousel.spi.SoftmaxLoss;
import dev.carousel.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusedLossTest {
  private static final Backend REFERENCE = Backends.named("reference", 1);

  @BeforeAll
  static void needsTheLibrary() {
    assumeTrue(FusedKernels.refusal() == null, FusedKernels::refusal);
  }

  @AfterAll
  static void close() {
    REFERENCE.close();
  }

  private static int[] labels(int rows, int classes) {
    SplittableRandom random = new SplittableRandom(9);
    return random.ints(rows, -1, classes).toArray();
  }

  private static float[] positive(int n) {
    float[] w = uniform(7, n, 1);
    for (int i = 0; i < n; i++) {
      w[i] = Math.abs(w[i]) + 0.1f;
    }
    return w;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, false, 0, 1",
    "7, 6, true, 0, 3",
    "33, 20, true, 0.1, 8",
    "5, 33, false, 0.2, 100",
    "19, 1003, false, 0, 20",
    "23, 2001, true, 0.1, 5"
  })
  void softmaxFollowsTheReference(
      int rows, int classes, boolean weighted, double smoothing, double magnitude) {
    int[] gold = labels(rows, classes);
    float[] z = uniform(8, rows * classes, magnitude);
    float[] w = positive(classes);
    double[] d = new double[z.length];
    double[] loss = new double[2];
    Tensor labels = Tensor.of(gold, rows);
    REFERENCE
        .loss()
        .softmax(
            new SoftmaxLoss(
                Tensor.of(doubles(z), rows, classes),
                labels,
                weighted ? Tensor.of(doubles(w), classes) : null,
                smoothing,
                Tensor.of(loss, 2),
                Tensor.of(d, rows, classes),
                rows));
    Tensor weights = weighted ? Tensor.of(w, classes) : null;
    Engines.each(
        k -> {
          Tensor in = Tensor.of(z.clone(), rows, classes);
          Tensor out = Tensor.of(new float[2], 2);
          LossKernels kernels = k.loss(REFERENCE.loss());
          kernels.softmax(new SoftmaxLoss(in, labels, weights, smoothing, out, null, rows));
          assertLoss(out, loss);
          kernels.softmax(new SoftmaxLoss(in, labels, weights, smoothing, out, in, rows));
          assertLoss(out, loss);
          assertClose("dLogits", in.heap().floats(), d, 4e-6);
        });
  }

  private static void assertLoss(Tensor got, double[] want) {
    for (int i = 0; i < 2; i++) {
      float value = got.heap().floats()[i];
      assertThat(value).isCloseTo((float) want[i], within((float) (1e-6 * want[i] + 1e-7)));
    }
  }

  @Test
  void probabilitiesFollowTheReference() {
    float[] z = uniform(10, 21 * 1205, 30);
    double[] want = new double[z.length];
    REFERENCE.loss().probabilities(Tensor.of(doubles(z), 21, 1205), Tensor.of(want, 21, 1205));
    Engines.each(
        k -> {
          Tensor in = Tensor.of(z.clone(), 21, 1205);
          k.loss(REFERENCE.loss()).probabilities(in, in);
          assertClose("p", in.heap().floats(), want, 5e-7);
        });
  }

  @ParameterizedTest
  @CsvSource({"3, 1, 2", "9, 5, 10", "40, 501, 100"})
  void sigmoidFollowsTheReference(int rows, int labels, double magnitude) {
    float[] z = uniform(11, rows * labels, magnitude);
    float[] t = positive(rows * labels);
    for (int i = 0; i < t.length; i++) {
      t[i] = i % 3 == 0 ? 1 : Math.min(t[i], 1);
    }
    t[labels] = -1;
    float[] w = positive(labels);
    double[] d = new double[z.length];
    double[] loss = new double[2];
    REFERENCE
        .loss()
        .sigmoid(
            new SigmoidLoss(
                Tensor.of(doubles(z), rows, labels),
                Tensor.of(doubles(t), rows, labels),
                Tensor.of(doubles(w), labels),
                Tensor.of(loss, 2),
                Tensor.of(d, rows, labels),
                rows * labels));
    Engines.each(
        k -> {
          Tensor in = Tensor.of(z.clone(), rows, labels);
          Tensor out = Tensor.of(new float[2], 2);
          Tensor targets = Tensor.of(t, rows, labels);
          Tensor weights = Tensor.of(w, labels);
          k.loss(REFERENCE.loss())
              .sigmoid(new SigmoidLoss(in, targets, weights, out, in, rows * labels));
          assertLoss(out, loss);
          assertClose("dLogits", in.heap().floats(), d, 2e-6);
        });
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 2, 4", "9, 5, 0.5, 3", "40, 501, 3, 10"})
  void focalLossesFollowTheReference(int rows, int classes, double focus, double magnitude) {
    float[] z = uniform(14, rows * classes, magnitude);
    float[] t = uniform(15, rows * classes, 1);
    for (int i = 0; i < t.length; i++) {
      t[i] = Math.abs(t[i]);
    }
    Tensor gold = Tensor.of(labels(rows, classes), rows);
    float[] w = positive(classes);
    double[] exact = doubles(z);
    double[] exactToo = doubles(z);
    double[] loss = new double[2];
    double[] lossToo = new double[2];
    Tensor wide = Tensor.of(exact, rows, classes);
    Tensor wideToo = Tensor.of(exactToo, rows, classes);
    Tensor wideWeights = Tensor.of(doubles(w), classes);
    Tensor wideTargets = Tensor.of(doubles(t), rows, classes);
    LossKernels reference = REFERENCE.loss();
    reference.focalSoftmax(
        new SoftmaxLoss(wide, gold, wideWeights, 0, Tensor.of(loss, 2), wide, rows), focus);
    reference.focalSigmoid(
        new SigmoidLoss(wideToo, wideTargets, wideWeights, Tensor.of(lossToo, 2), wideToo, rows),
        focus);
    Tensor weights = Tensor.of(w, classes);
    Engines.each(
        k -> {
          LossKernels kernels = k.loss(reference);
          Tensor out = Tensor.of(new float[2], 2);
          Tensor in = Tensor.of(z.clone(), rows, classes);
          kernels.focalSoftmax(new SoftmaxLoss(in, gold, weights, 0, out, in, rows), focus);
          assertLoss(out, loss);
          assertClose("softmax", in.heap().floats(), exact, 4e-6);
          Tensor targets = Tensor.of(t, rows, classes);
          Tensor too = Tensor.of(z.clone(), rows, classes);
          kernels.focalSigmoid(new SigmoidLoss(too, targets, weights, out, too, rows), focus);
          assertLoss(out, lossToo);
          assertClose("sigmoid", too.heap().floats(), exactToo, 4e-6);
        });
  }

  @Test
  void r10_theNumberOfThreadsChangesNoBit() {
    Tensor gold = Tensor.of(labels(50, 1003), 50);
    Engines.assertBitsOfOneThread(
        k -> {
          Tensor z = Tensor.of(uniform(12, 50 * 1003, 4), 50, 1003);
          Tensor loss = Tensor.of(new float[2], 2);
          k.loss(REFERENCE.loss()).softmax(new SoftmaxLoss(z, gold, null, 0.1, loss, z, 1));
          z.heap().floats()[0] = loss.heap().floats()[0];
          return z.heap().floats();
        });
  }

  @Test
  void notANumberShowsInTheLossAndTheGradient() {
    Engines.each(
        k -> {
          float[] z = uniform(13, 50, 1);
          z[33] = Float.NaN;
          Tensor d = Tensor.of(new float[50], 1, 50);
          Tensor loss = Tensor.of(new float[2], 2);
          k.loss(REFERENCE.loss())
              .softmax(
                  new SoftmaxLoss(
                      Tensor.of(z, 1, 50), Tensor.of(new int[1], 1), null, 0, loss, d, 1));
          assertThat(loss.heap().floats()[0]).isNaN();
          assertThat(d.heap().floats()).containsOnly(Float.NaN);
        });
  }

  @Test
  void aLabelOrTargetOutOfRangeIsNamedWithItsRow() {
    Engines.each(
        k -> {
          LossKernels kernels = k.loss(REFERENCE.loss());
          Tensor z = Tensor.of(new float[6], 2, 3);
          Tensor loss = Tensor.of(new float[2], 2);
          Tensor gold = Tensor.of(new int[] {0, 3}, 2);
          assertThatIllegalArgumentException()
              .isThrownBy(() -> kernels.softmax(new SoftmaxLoss(z, gold, null, 0, loss, null, 1)))
              .withMessage("gold label 3 of row 1 is not below 3 classes");
          Tensor t = Tensor.of(new float[] {0, 1, 1, 0, 2, 0}, 2, 3);
          assertThatIllegalArgumentException()
              .isThrownBy(() -> kernels.sigmoid(new SigmoidLoss(z, t, null, loss, null, 1)))
              .withMessage("targets must be 0 to 1, not 2.0 as in row 1");
        });
  }
}
