package dev.carousel.train;

/**
 * How often the host looks at a training, and what memory it may take. Nothing here changes the
 * trained values.
 *
 * @param readEvery optimizer steps between two looks at the loss and the norm, at least 1; each
 *     waits for the device
 * @param checkpointEvery optimizer steps between two checkpoints within an epoch; 0 for none but
 *     those at the end of each epoch
 * @param arenaBytes the most memory that the activations of one batch may take
 * @param gradientsEvery optimizer steps between two looks at the gradient of each parameter, which
 *     copies all of them to the host; 0 for none
 */
public record Housekeeping(
    int readEvery, int checkpointEvery, long arenaBytes, int gradientsEvery) {
  /** A look every 10 steps, a checkpoint at the end of each epoch, 4 GiB, no gradients. */
  public static final Housekeeping DEFAULT = new Housekeeping(10, 0, 4L << 30, 0);

  /** Checks the ranges. */
  public Housekeeping {
    if (readEvery < 1 || checkpointEvery < 0 || arenaBytes < 1 || gradientsEvery < 0) {
      throw new IllegalArgumentException(
          "a look every step or more, a checkpoint every 0 steps or more, memory above 0 and a look"
              + " at gradients every 0 steps or more, not %d, %d, %d, %d"
                  .formatted(readEvery, checkpointEvery, arenaBytes, gradientsEvery));
    }
  }

  /** The same with a look every {@code steps}. */
  public Housekeeping withReadEvery(int steps) {
    return new Housekeeping(steps, checkpointEvery, arenaBytes, gradientsEvery);
  }

  /** The same with a checkpoint every {@code steps}. */
  public Housekeeping withCheckpointEvery(int steps) {
    return new Housekeeping(readEvery, steps, arenaBytes, gradientsEvery);
  }

  /** The same with this much memory for activations. */
  public Housekeeping withArenaBytes(long bytes) {
    return new Housekeeping(readEvery, checkpointEvery, bytes, gradientsEvery);
  }

  /** The same with a look at the gradient of each parameter every {@code steps}. */
  public Housekeeping withGradientsEvery(int steps) {
    return new Housekeeping(readEvery, checkpointEvery, arenaBytes, steps);
  }
}
