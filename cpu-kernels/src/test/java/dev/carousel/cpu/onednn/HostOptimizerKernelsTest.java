package dev.carousel.cpu.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.OptimizerScalars;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.spi.WeightDecay;
import dev.carousel.tensor.HeapStorage;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostOptimizerKernelsTest {
  /** Three blocks, the last one short, its last piece too. */
  private static final int SIZE = 70 * Pieces.SIZE + 17;

  private static final int OFFSET = 5;

  private final HostOptimizerKernels kernels = new HostOptimizerKernels(2);
  private final SplittableRandom random = new SplittableRandom(40);
  private final double[] scalars = new double[OptimizerScalars.SIZE];
  private final Tensor scalarTensor = Tensor.of(scalars, scalars.length);

  /** Views that start inside their arrays, as parameters of a set do. */
  private Tensor view() {
    float[] values = Trial.uniform(random, SIZE + 2 * OFFSET, 1);
    return new Tensor(HeapStorage.of(values), OFFSET, Shape.of(SIZE));
  }

  private void begin(Tensor gradients, double learningRate, double maxNorm) {
    scalars[OptimizerScalars.LEARNING_RATE] = learningRate;
    scalars[OptimizerScalars.MAX_NORM] = maxNorm;
    kernels.advance(scalarTensor);
    kernels.globalNorm(gradients, scalarTensor);
  }

  private static double at(Tensor t, int i) {
    return t.heap().floats()[t.heapOffset() + i];
  }

  private static double[] doubles(Tensor t) {
    double[] d = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      d[i] = at(t, i);
    }
    return d;
  }

  @ParameterizedTest
  @EnumSource(WeightDecay.class)
  void adamFollowsItsFormulaForTenSteps(WeightDecay kind) {
    Tensor p = view();
    Tensor m = new Tensor(HeapStorage.of(new float[SIZE]), 0, Shape.of(SIZE));
    Tensor v = new Tensor(HeapStorage.of(new float[SIZE]), 0, Shape.of(SIZE));
    double[] wantP = doubles(p);
    double[] wantM = new double[SIZE];
    double[] wantV = new double[SIZE];
    for (int t = 1; t <= 10; t++) {
      Tensor g = view();
      begin(g, 0.01, 5);
      double factor = scalars[OptimizerScalars.FACTOR];
      assertThat(factor).isEqualTo(5 / scalars[OptimizerScalars.NORM]).isLessThan(1);
      kernels.adam(new AdamUpdate(p, g, m, v, scalarTensor, 0.9, 0.999, 1e-8, 0.1, kind));
      for (int i = 0; i < SIZE; i++) {
        boolean l2 = kind == WeightDecay.L2;
        double gradient = factor * at(g, i) + (l2 ? 0.1 * wantP[i] : 0);
        wantP[i] -= l2 ? 0 : 0.01 * 0.1 * wantP[i];
        wantM[i] = 0.9 * wantM[i] + 0.1 * gradient;
        wantV[i] = 0.999 * wantV[i] + 0.001 * gradient * gradient;
        double first = wantM[i] / (1 - Math.pow(0.9, t));
        double second = wantV[i] / (1 - Math.pow(0.999, t));
        wantP[i] -= 0.01 * first / (Math.sqrt(second) + 1e-8);
      }
    }
    for (int i = 0; i < SIZE; i++) {
      assertThat(at(p, i)).as("parameter %d", i).isCloseTo(wantP[i], within(2e-5));
    }
    assertOutsideUntouched(p);
  }

  /** The elements around the view keep the values that the generator gave them. */
  private static void assertOutsideUntouched(Tensor p) {
    float[] original = Trial.uniform(new SplittableRandom(40), SIZE + 2 * OFFSET, 1);
    for (int i = 0; i < OFFSET; i++) {
      assertThat(p.heap().floats()[i]).isEqualTo(original[i]);
      int end = original.length - 1 - i;
      assertThat(p.heap().floats()[end]).isEqualTo(original[end]);
    }
  }

  @ParameterizedTest
  @EnumSource(SgdUpdate.Momentum.class)
  void sgdFollowsItsFormulaForTenSteps(SgdUpdate.Momentum kind) {
    Tensor p = view();
    Tensor u = new Tensor(HeapStorage.of(new float[SIZE]), 0, Shape.of(SIZE));
    double[] wantP = doubles(p);
    double[] wantU = new double[SIZE];
    for (int t = 1; t <= 10; t++) {
      Tensor g = view();
      begin(g, 0.1, Double.POSITIVE_INFINITY);
      kernels.sgd(new SgdUpdate(p, g, u, scalarTensor, 0.9, kind, 0.01));
      for (int i = 0; i < SIZE; i++) {
        double gradient = at(g, i) + 0.01 * wantP[i];
        wantU[i] = 0.9 * wantU[i] + gradient;
        boolean nesterov = kind == SgdUpdate.Momentum.NESTEROV;
        wantP[i] -= 0.1 * (nesterov ? gradient + 0.9 * wantU[i] : wantU[i]);
      }
    }
    for (int i = 0; i < SIZE; i++) {
      assertThat(at(p, i)).as("parameter %d", i).isCloseTo(wantP[i], within(2e-5));
    }
  }

  @Test
  void withoutMomentumNoVelocityIsNeeded() {
    Tensor p = view();
    double[] before = doubles(p);
    Tensor g = view();
    begin(g, 0.1, Double.POSITIVE_INFINITY);
    kernels.sgd(new SgdUpdate(p, g, null, scalarTensor, 0, SgdUpdate.Momentum.CLASSICAL, 0.5));
    for (int i = 0; i < SIZE; i++) {
      double want = before[i] - 0.1 * (at(g, i) + 0.5 * before[i]);
      assertThat(at(p, i)).isCloseTo(want, within(1e-6));
    }
  }

  @Test
  void theNormIsThatOfDoublesAndAlwaysTheSameBits() {
    Tensor g = view();
    begin(g, 1, 1);
    double sum = 0;
    for (double d : doubles(g)) {
      sum += d * d;
    }
    double norm = scalars[OptimizerScalars.NORM];
    assertThat(norm).isCloseTo(Math.sqrt(sum), within(1e-12 * norm));
    for (int i = 0; i < 200; i++) {
      kernels.globalNorm(g, scalarTensor);
      assertThat(scalars[OptimizerScalars.NORM]).isEqualTo(norm);
    }
  }

  @Test
  void oneThreadGivesTheBitsOfTwo() {
    Tensor g = view();
    begin(g, 1, 1);
    double two = scalars[OptimizerScalars.NORM];
    new HostOptimizerKernels(1).globalNorm(g, scalarTensor);
    assertThat(scalars[OptimizerScalars.NORM]).isEqualTo(two);
  }

  @Test
  void aGradientThatIsNotFiniteChangesNothing() {
    Tensor p = view();
    double[] before = doubles(p);
    Tensor g = view();
    g.heap().floats()[OFFSET + 3] = Float.NaN;
    begin(g, 0.1, 1);
    kernels.sgd(new SgdUpdate(p, g, null, scalarTensor, 0, SgdUpdate.Momentum.CLASSICAL, 0));
    assertThat(scalars[OptimizerScalars.NORM]).isNaN();
    assertThat(doubles(p)).isEqualTo(before);
  }
}
