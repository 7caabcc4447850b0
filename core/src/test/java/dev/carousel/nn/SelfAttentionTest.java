package dev.carousel.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Data;
import dev.carousel.autograd.Eval;
import dev.carousel.autograd.GradientCheck;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Objective;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Rig;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.spi.Pooling;
import dev.carousel.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layer against its equations in double, and its gradients against differences. */
class SelfAttentionTest {
  private static final int T = 4;
  private static final int N = 3;
  private static final int F = 6;
  private static final Lengths RAGGED = Lengths.onHost(T, 4, 0, 3);

  private final ParameterSet.Builder set = ParameterSet.builder();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void computesItsEquations(int heads) {
    SelfAttention layer = new SelfAttention(set, "attention", F, heads, 0.5);
    Tensor x = Data.uniform(1, T, N, F);
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval()) {
      eval.begin();
      float[] y = Data.floats(layer.apply(eval, eval.constant(x), RAGGED).value());
      float[] in = Data.floats(x);
      for (int n = 0; n < N; n++) {
        for (int t = 0; t < RAGGED.host(n); t++) {
          double[] expected = row(rig.parameters(), in, t, n, heads);
          for (int f = 0; f < F; f++) {
            assertThat((double) y[(t * N + n) * F + f]).isCloseTo(expected[f], within(1e-5));
          }
        }
      }
    }
  }

  /** One step's output, written down from the class comment. */
  private static double[] row(ParameterSet parameters, float[] x, int t, int n, int heads) {
    double[] q = projected(parameters, x, t, n);
    double[] joined = new double[F];
    int size = F / heads;
    for (int h = 0; h < heads; h++) {
      double[] weights = new double[RAGGED.host(n)];
      double sum = 0;
      for (int s = 0; s < weights.length; s++) {
        double[] other = projected(parameters, x, s, n);
        double score = 0;
        for (int i = h * size; i < (h + 1) * size; i++) {
          score += q[i] * other[F + i];
        }
        weights[s] = Math.exp(score / Math.sqrt(size));
        sum += weights[s];
      }
      for (int s = 0; s < weights.length; s++) {
        double[] other = projected(parameters, x, s, n);
        for (int i = h * size; i < (h + 1) * size; i++) {
          joined[i] += weights[s] / sum * other[2 * F + i];
        }
      }
    }
    double[] out =
        affine(parameters, "attention.out_proj.weight", "attention.out_proj.bias", joined);
    for (int f = 0; f < F; f++) {
      out[f] += x[(t * N + n) * F + f];
    }
    return out;
  }

  private static double[] projected(ParameterSet parameters, float[] x, int t, int n) {
    double[] step = new double[F];
    for (int f = 0; f < F; f++) {
      step[f] = x[(t * N + n) * F + f];
    }
    return affine(parameters, "attention.in_proj_weight", "attention.in_proj_bias", step);
  }

  private static double[] affine(ParameterSet parameters, String weight, String bias, double[] in) {
    float[] w = Data.floats(parameters.parameter(weight).value());
    float[] b = Data.floats(parameters.parameter(bias).value());
    double[] out = new double[b.length];
    for (int o = 0; o < out.length; o++) {
      out[o] = b[o];
      for (int i = 0; i < in.length; i++) {
        out[o] += w[o * in.length + i] * in[i];
      }
    }
    return out;
  }

  @Test
  void itsGradientsAreThoseOfDifferences() {
    Recurrent encoder = new Recurrent(set, "encoder", RecurrentSettings.gru(2, F));
    SelfAttention layer = new SelfAttention(set, "attention", F, 2, 0.25);
    try (Rig rig = Rig.of(set)) {
      GradientCheck.check(
          rig,
          ops -> {
            Var h = encoder.apply(ops, ops.constant(Data.uniform(1, T, N, 2)), RAGGED);
            Var y = layer.apply(ops, h, RAGGED);
            Var pooled = ops.pool(Pooling.MEAN, Direction.FORWARD, y, RAGGED);
            return Objective.of(ops.softmaxLoss(pooled, Data.ids(9, F, N), LossOptions.PLAIN));
          });
    }
  }

  @Test
  void headsThatDoNotDivideTheFeaturesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SelfAttention(set, "attention", F, 4, 0))
        .withMessageContaining("6 features")
        .withMessageContaining("not 4");
  }
}
