package dev.carousel.spi;

/**
 * Layout of the F64 tensor [{@value #SIZE}] that holds what changes from step to step, so that a
 * recorded step can be replayed. The host writes the first two, kernels the rest.
 */
public final class OptimizerScalars {
  /** Learning rate; written by the host. */
  public static final int LEARNING_RATE = 0;

  /**
   * The largest global norm that passes unclipped; infinity for no clipping. Written by the host.
   */
  public static final int MAX_NORM = 1;

  /** Optimizer steps so far, the t of Adam; {@code advance} adds 1. */
  public static final int STEP = 2;

  /** The global norm of the gradients; written by {@code globalNorm}. */
  public static final int NORM = 3;

  /**
   * min(1, MAX_NORM / NORM), by which updates multiply gradients; written by {@code globalNorm}.
   */
  public static final int FACTOR = 4;

  /**
   * Norms so far that were not finite, each of which kept updates from changing anything; {@code
   * globalNorm} adds 1. The host need not read every norm to notice.
   */
  public static final int SKIPPED = 5;

  /** Number of elements. */
  public static final int SIZE = 6;

  private OptimizerScalars() {}
}
