package dev.carousel.autograd;

import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The reference backend, a set of parameters and a tape, for one test. All parameters, biases too,
 * start uniform in [−0.8, 0.8), so that nothing is hidden by a zero.
 */
public final class Rig implements AutoCloseable {
  private static final long BUDGET = 64L << 20;
  private static final long SEED = 7;

  private final Backend backend;
  private final ParameterSet parameters;
  private final Plans plans;
  private final Tape tape;

  private Rig(Backend backend, ParameterSet parameters) {
    this.backend = backend;
    this.parameters = parameters;
    this.plans = new Plans(backend.rnn(), Plans.DEFAULT_CAPACITY);
    this.tape = new Tape(backend, plans, BUDGET, SEED);
  }

  /** Builds the set. */
  public static Rig of(ParameterSet.Builder declared) {
    Backend backend = Backends.named("reference");
    Rig rig = new Rig(backend, declared.build(backend, SEED));
    SplittableRandom random = new SplittableRandom(SEED);
    float[] values = new float[(int) rig.parameters.values().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-0.8, 0.8);
    }
    rig.parameters.upload(values);
    return rig;
  }

  public Backend backend() {
    return backend;
  }

  public ParameterSet parameters() {
    return parameters;
  }

  public Plans plans() {
    return plans;
  }

  public Tape tape() {
    return tape;
  }

  /** A new evaluation; the caller closes it. */
  public Eval eval() {
    return new Eval(backend, plans, BUDGET);
  }

  /** Begins a step whose dropout is that of every other step of this rig. */
  public Tape begin() {
    tape.noise(SEED, 0);
    tape.begin();
    return tape;
  }

  /** The objective on the tape, always with the same units dropped. */
  double value(Objective objective) {
    return objective.value(begin());
  }

  /** The gradient of all parameters. */
  public double[] gradient(Objective objective) {
    parameters.zeroGradients();
    objective.value(begin());
    tape.backward();
    float[] g = new float[(int) parameters.gradients().size()];
    backend.memory().download(parameters.gradients(), g, 0);
    return IntStream.range(0, g.length).mapToDouble(i -> g[i]).toArray();
  }

  @Override
  public void close() {
    tape.close();
    plans.close();
    parameters.close();
    backend.close();
  }
}
