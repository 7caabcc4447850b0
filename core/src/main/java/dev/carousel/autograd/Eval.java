package dev.carousel.autograd;

import dev.carousel.spi.Backend;
import dev.carousel.spi.Pass;
import dev.carousel.tensor.Arena;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Operations that do not remember: inference. Dropout does nothing. One instance a thread; any
 * number of threads may evaluate the same parameters.
 */
public final class Eval extends Forward implements AutoCloseable {
  private final Arena arena;

  /**
   * An evaluation with memory of its own.
   *
   * @param plans shared; must outlive this
   * @param budget the most bytes a step may take
   */
  public Eval(Backend backend, Plans plans, long budget) {
    this(backend, plans, backend.memory().arena(budget));
  }

  private Eval(Backend backend, Plans plans, Arena arena) {
    super(backend, plans, arena);
    this.arena = arena;
  }

  /** Begins a step; every value of the one before is gone. */
  public void begin() {
    forget();
  }

  @Override
  Pass pass() {
    return Pass.INFERENCE;
  }

  @Override
  void keep(Op op) {
    throw new AssertionError("no value of an evaluation has a gradient");
  }

  @Override
  @Nullable WeightDrop drop(RnnParameter weights, double rate) {
    return null;
  }

  @Override
  public Var dropout(Var x, double rate) {
    return x;
  }

  @Override
  public Var lockedDropout(Var x, double rate) {
    return x;
  }

  @Override
  public Var dropRows(Tensor ids, Var x, double rate) {
    return x;
  }

  @Override
  public void close() {
    forget();
    arena.close();
  }
}
