package dev.carousel.inspect;

import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Plans;
import dev.carousel.autograd.Tape;
import dev.carousel.autograd.Var;
import dev.carousel.nn.Recurrent;
import dev.carousel.rnn.Lengths;
import dev.carousel.spi.Backend;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import dev.carousel.train.Optimizer;
import dev.carousel.train.Sgd;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * How far back in time the gradient of an untrained network reaches (Hochreiter 1991; Bengio et al.
 * 1994; Pascanu et al. 2013): it reads T steps of standard normal noise, and the loss is the last
 * output's product with a random vector of length 1, so that the top layer's norm at distance 0 is
 * 1.
 *
 * @param network what was followed
 * @param layers |dL/dh[t]|, layer by layer
 * @param parameterNorms of the gradients, layer by layer
 * @param step what plain gradient descent would do with them
 */
public record GradientFlow(
    FlowNetwork network,
    List<GradientTrace> layers,
    Map<String, Double> parameterNorms,
    ClippedStep step) {
  private static final long BUDGET = 4L << 30;
  private static final String NAME = "rnn";

  /**
   * One step of gradient descent at rate 1 (Pascanu et al. 2013, algorithm 1).
   *
   * @param gradientNorm of all parameters together: how far the step would go; infinity if single
   *     precision cannot hold it
   * @param limit the norm that it was clipped to
   * @param updateNorm how far the parameters went; 0 where the gradient was not finite, because an
   *     optimizer leaves such steps out
   */
  public record ClippedStep(double gradientNorm, double limit, double updateNorm) {}

  /** Copies the list and the map. */
  public GradientFlow {
    layers = List.copyOf(layers);
    parameterNorms = Map.copyOf(parameterNorms);
  }

  /** The top layer. */
  public GradientTrace top() {
    return layers.get(layers.size() - 1);
  }

  /**
   * Follows the gradients of one network.
   *
   * @param backend what computes forwards and the parameters' gradients
   */
  public static GradientFlow of(FlowNetwork network, FlowSettings settings, Backend backend) {
    ParameterSet.Builder builder = ParameterSet.builder();
    Recurrent rnn =
        new Recurrent(builder, NAME, network.settings(settings.hidden(), settings.layers()));
    try (ParameterSet set = builder.build(backend, settings.seed());
        Plans plans = new Plans(backend.rnn(), 1);
        Tape tape = Tape.withoutDropout(backend, plans, BUDGET)) {
      Recorder recorder = new Recorder(backend, Set.of(NAME));
      tape.begin();
      tape.observe(recorder);
      set.zeroGradients();
      run(tape, rnn, settings);
      return new GradientFlow(
          network,
          recorder.gradients(),
          ParameterNorms.byLayer(set),
          clippedStep(set, settings.clip()));
    }
  }

  private static void run(Tape tape, Recurrent rnn, FlowSettings settings) {
    int steps = settings.length();
    int units = settings.hidden();
    Random random = new Random(settings.seed());
    float[] noise = new float[steps * units];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    Tensor x = upload(tape, noise, steps, units);
    Var y = rnn.apply(tape, tape.constant(x), Lengths.full(steps, 1));
    float[] seed = new float[steps * units];
    System.arraycopy(direction(random, units), 0, seed, (steps - 1) * units, units);
    tape.seed(y, upload(tape, seed, steps, units));
    tape.backward();
  }

  private static Tensor upload(Tape tape, float[] values, int steps, int units) {
    Tensor t = tape.take(DType.F32, steps, 1, units);
    tape.backend().memory().upload(values, 0, t);
    return t;
  }

  /** A vector of length 1, uniform on the sphere. */
  private static float[] direction(Random random, int units) {
    double[] v = new double[units];
    Arrays.setAll(v, j -> random.nextGaussian());
    double length = Unrolled.norm(v);
    float[] unit = new float[units];
    for (int j = 0; j < units; j++) {
      unit[j] = (float) (v[j] / length);
    }
    return unit;
  }

  private static ClippedStep clippedStep(ParameterSet set, double limit) {
    float[] before = set.download();
    Sgd descent = new Sgd(0, SgdUpdate.Momentum.CLASSICAL, 0);
    try (Optimizer optimizer = new Optimizer(set, descent, limit)) {
      optimizer.step(1);
      float[] after = set.download();
      double[] change = new double[before.length];
      for (int i = 0; i < change.length; i++) {
        change[i] = (double) after[i] - before[i];
      }
      return new ClippedStep(optimizer.read().norm(), limit, Unrolled.norm(change));
    }
  }
}
