package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.CrfLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** Three labels, up to four steps: every one of the 81 label sequences is enumerated. */
class ReferenceCrfTest {
  private static final int K = 3;
  private static final int T = 4;
  private static final int[] LENGTHS = {4, 0, 1, 3};
  private static final int N = LENGTHS.length;

  private final ReferenceCrf crf = new ReferenceCrf();
  private final Random random = new Random(23);
  private final double[] e = Slopes.random(random, T * N * K);
  private final double[] a = Slopes.random(random, (K + 2) * K);
  private final int[] gold = random.ints((long) T * N, 0, K).toArray();

  private Tensor work() {
    return Tensor.of(new HeapMemory().allocate(DType.BYTE, crf.workBytes(T, N, K)));
  }

  private Sequences emissions() {
    return new Sequences(Tensor.of(e, T, N, K), Lengths.onHost(T, LENGTHS));
  }

  private double[] loss(double[] de, double[] da, double scale) {
    double[] loss = new double[2];
    crf.loss(
        new CrfLoss(
            emissions(),
            Tensor.of(a, K + 2, K),
            Tensor.of(gold, T, N),
            Tensor.of(loss, 2),
            de == null ? null : Tensor.of(de, T, N, K),
            da == null ? null : Tensor.of(da, K + 2, K),
            scale,
            work()));
    return loss;
  }

  /** The label at step t of the sequence with this number. */
  private static int label(int sequence, int t) {
    return sequence / (int) Math.pow(K, t) % K;
  }

  private double score(int n, int length, int sequence) {
    double sum = a[K * K + label(sequence, 0)] + a[(K + 1) * K + label(sequence, length - 1)];
    for (int t = 0; t < length; t++) {
      sum += e[(t * N + n) * K + label(sequence, t)];
      sum += t == 0 ? 0 : a[label(sequence, t - 1) * K + label(sequence, t)];
    }
    return sum;
  }

  private int goldSequence(int n, int length) {
    int sequence = 0;
    for (int t = length - 1; t >= 0; t--) {
      sequence = sequence * K + gold[t * N + n];
    }
    return sequence;
  }

  @Test
  void lossIsThatOfAllSequencesEnumerated() {
    double expected = 0;
    for (int n = 0; n < N; n++) {
      int length = LENGTHS[n];
      if (length > 0) {
        double sum = 0;
        for (int s = 0; s < Math.pow(K, length); s++) {
          sum += Math.exp(score(n, length, s));
        }
        expected += Math.log(sum) - score(n, length, goldSequence(n, length));
      }
    }
    double[] loss = loss(null, null, 1);
    assertThat(loss[0]).isCloseTo(expected, within(1e-12));
    assertThat(loss[1]).isEqualTo(3);
  }

  @Test
  void viterbiFindsTheBestOfAllSequences() {
    int[] path = new int[T * N];
    double[] score = new double[N];
    crf.viterbi(
        emissions(), Tensor.of(a, K + 2, K), Tensor.of(path, T, N), Tensor.of(score, N), work());
    for (int n = 0; n < N; n++) {
      int length = LENGTHS[n];
      int best = 0;
      for (int s = 1; s < Math.pow(K, length) && length > 0; s++) {
        best = score(n, length, s) > score(n, length, best) ? s : best;
      }
      for (int t = 0; t < T; t++) {
        assertThat(path[t * N + n])
            .as("step %d of row %d", t, n)
            .isEqualTo(t < length ? label(best, t) : -1);
      }
      assertThat(score[n]).isCloseTo(length == 0 ? 0 : score(n, length, best), within(1e-13));
    }
  }

  @Test
  void r04_gradientsAreTheSlopesOfTheMeanAndTransitionsAdd() {
    double[] de = new double[e.length];
    double[] da = new double[a.length];
    Arrays.fill(de, Double.NaN);
    Arrays.fill(da, 4);
    loss(de, da, 0.5);
    for (int i = 0; i < da.length; i++) {
      da[i] -= 4;
    }
    DoubleSupplier objective =
        () -> {
          double[] loss = loss(null, null, 1);
          return 0.5 * loss[0] / loss[1];
        };
    Slopes.require("emissions", e, de, objective);
    Slopes.require("transitions", a, da, objective);
  }

  @Test
  void aForbiddenTransitionLeavesTheLossFinite() {
    a[0] = -1e9;
    a[K * K] = Double.NEGATIVE_INFINITY;
    Arrays.fill(gold, 1);
    double[] de = new double[e.length];
    assertThat(loss(de, new double[a.length], 1)[0]).isFinite();
    assertThat(de).doesNotContain(Double.NaN);
  }

  @Test
  void aLabelOutOfRangeIsNamedWithItsPlace() {
    gold[2 * N + 3] = 3;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss(null, null, 1))
        .withMessage("gold label of step 2, row 3 must be 0 to 2, not 3");
  }
}
