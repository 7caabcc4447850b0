package dev.carousel.autograd;

import dev.carousel.spi.Backend;
import dev.carousel.spi.Noise;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnPlan;
import dev.carousel.tensor.Arena;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Operations that remember. {@link #begin} starts a step and forgets the one before; losses and
 * everything under them are computed; {@link #backward} adds each parameter's gradient to what is
 * there. The same shapes give the same addresses each step.
 */
public final class Tape extends Forward implements AutoCloseable {
  private final List<Op> ops = new ArrayList<>();
  private final Map<RnnParameter, WeightDrop> drops = new HashMap<>();
  private final Arena arena;
  private final Storage noiseState;
  private final boolean dropping;
  private int site;
  private boolean walked;

  /**
   * A tape of its own memory.
   *
   * @param plans shared; must outlive the tape
   * @param budget the most bytes a step may take
   * @param seed of the dropout
   */
  public Tape(Backend backend, Plans plans, long budget, long seed) {
    this(backend, plans, backend.memory().arena(budget), true);
    noise(seed, 0);
  }

  /**
   * A tape on which dropout does nothing, as in an {@link Eval}: for gradients of a model as it
   * answers.
   *
   * @param plans shared; must outlive the tape
   * @param budget the most bytes a step may take
   */
  public static Tape withoutDropout(Backend backend, Plans plans, long budget) {
    return new Tape(backend, plans, backend.memory().arena(budget), false);
  }

  private Tape(Backend backend, Plans plans, Arena arena, boolean dropping) {
    super(backend, plans, arena);
    this.arena = arena;
    this.dropping = dropping;
    this.noiseState = backend.memory().allocate(DType.I32, 3);
  }

  /** Sets the dropout's seed and step, say to those of a checkpoint. */
  public void noise(long seed, int step) {
    backend()
        .memory()
        .upload(new int[] {(int) seed, (int) (seed >>> 32), step}, 0, Tensor.of(noiseState));
  }

  /** Steps begun so far, by which dropout draws its bits; waits for the device. */
  public int noiseStep() {
    int[] state = new int[3];
    backend().memory().download(Tensor.of(noiseState), state, 0);
    return state[2];
  }

  /** Begins a step; every value of the one before is gone. */
  public void begin() {
    ops.clear();
    drops.clear();
    forget();
    site = 0;
    walked = false;
    backend().noise().advance(Tensor.of(noiseState));
  }

  /**
   * Makes {@link #backward} begin at a value too, beside the losses: with {@code gradient} s it
   * computes the derivatives of Σ s ⊙ v.
   *
   * @param gradient of the value's shape, in memory of this step, which the tape may overwrite
   */
  public void seed(Var v, Tensor gradient) {
    gradient.require("the gradient to begin with", v.value().type(), v.shape().dims());
    keepIfNeeded(v, new Op.Loss(v, gradient));
  }

  /**
   * Runs the step backwards from its losses.
   *
   * @throws IllegalStateException if this step was run backwards before
   */
  public void backward() {
    requireForward();
    walked = true;
    for (int i = ops.size() - 1; i >= 0; i--) {
      ops.get(i).backward(this);
    }
    ops.clear();
  }

  /** Keeps the plans of a step from being closed while a recording of the step may need them. */
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /** Holds the plans that this step has used so far; the caller closes it before the plans. */
  public Hold hold() {
    List<RnnPlan> held = holdPlans();
    return () -> giveBack(held);
  }

  /** The most bytes a step has taken. */
  public long highWater() {
    return arena.highWater();
  }

  @Override
  Pass pass() {
    return Pass.TRAINING;
  }

  @Override
  void keep(Op op) {
    requireForward();
    ops.add(op);
  }

  private void requireForward() {
    if (walked) {
      throw new IllegalStateException("this step was run backwards already: begin the next one");
    }
  }

  @Override
  public Var dropout(Var x, double rate) {
    return drop(x, rate, Math.toIntExact(x.value().size()));
  }

  @Override
  public Var lockedDropout(Var x, double rate) {
    return drop(x, rate, x.shape().dim(1) * x.shape().dim(2));
  }

  private Var drop(Var x, double rate, int period) {
    if (rate == 0 || !dropping) {
      return x;
    }
    Noise noise = nextNoise();
    Var out = var(like(x), x.needsGradient());
    backend().noise().dropout(x.value(), out.value(), rate, period, noise);
    return keepIfNeeded(out, new Op.Dropout(x, rate, period, noise, out));
  }

  @Override
  public Var dropRows(Tensor ids, Var x, double rate) {
    if (rate == 0 || !dropping) {
      return x;
    }
    Noise noise = nextNoise();
    Var out = var(like(x), x.needsGradient());
    backend().noise().dropRows(ids, x.value(), out.value(), rate, noise);
    return keepIfNeeded(out, new Op.DropRows(ids, x, rate, noise, out));
  }

  @Override
  @Nullable WeightDrop drop(RnnParameter weights, double rate) {
    if (!dropping) {
      return null;
    }
    WeightDrop drawn = drops.get(weights);
    double before = drawn == null ? rate : drawn.rate();
    if (before != rate) {
      throw new IllegalArgumentException(
          "this step drops weights of %s at rate %s already: one mask a step, so not at %s"
              .formatted(weights.spec(), before, rate));
    }
    if (drawn == null && rate != 0) {
      drawn = new WeightDrop(backend(), weights, rate, this::nextNoise);
      drops.put(weights, drawn);
    }
    return drawn;
  }

  private Noise nextNoise() {
    return new Noise(Tensor.of(noiseState), site++);
  }

  /** Adds a gradient to a value's; {@code d} becomes the value's own and may be added to later. */
  void accumulate(Var to, Tensor d) {
    if (!to.needsGradient()) {
      return;
    }
    Tensor g = to.gradient();
    if (g == null) {
      to.gradient(d);
    } else {
      backend().elementwise().addScaled(1, d, g);
    }
  }

  /** The same, leaving {@code d} to somebody else. */
  void accumulateCopy(Var to, Tensor d) {
    if (to.needsGradient()) {
      Tensor copy = like(to);
      backend().memory().copy(d, copy);
      accumulate(to, copy);
    }
  }

  Tensor gradientOrZeros(Var v) {
    Tensor g = v.gradient();
    return g == null ? zeros(v) : g;
  }

  @Override
  public void close() {
    ops.clear();
    forget();
    noiseState.close();
    arena.close();
  }
}
