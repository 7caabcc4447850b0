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
 */
public record Housekeeping(int readEvery, int checkpointEvery, long arenaBytes) {
  /** A look every 10 steps, a checkpoint at the end of each epoch, 4 GiB. */
  public static final Housekeeping DEFAULT = new Housekeeping(10, 0, 4L << 30);

  /** Checks the ranges. */
  public Housekeeping {
    if (readEvery < 1 || checkpointEvery < 0 || arenaBytes < 1) {
      throw new IllegalArgumentException(
          "a look every step or more, a checkpoint every 0 steps or more and memory above 0, not "
              + "%d, %d, %d".formatted(readEvery, checkpointEvery, arenaBytes));
    }
  }

  /** The same with a look every {@code steps}. */
  public Housekeeping withReadEvery(int steps) {
    return new Housekeeping(steps, checkpointEvery, arenaBytes);
  }

  /** The same with a checkpoint every {@code steps}. */
  public Housekeeping withCheckpointEvery(int steps) {
    return new Housekeeping(readEvery, steps, arenaBytes);
  }

  /** The same with this much memory for activations. */
  public Housekeeping withArenaBytes(long bytes) {
    return new Housekeeping(readEvery, checkpointEvery, bytes);
  }
}
