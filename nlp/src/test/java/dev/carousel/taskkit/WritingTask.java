package dev.carousel.taskkit;

import dev.carousel.train.StopSignal;

/**
 * A task that writes text, as {@link WritingKit} sees it.
 *
 * @param <M> the task's model
 */
public interface WritingTask<M extends AutoCloseable> extends KitTask<M> {
  /**
   * What was written.
   *
   * @param tokens how much
   * @param stopped whether the answer tells that the signal ended it
   */
  record Written(int tokens, boolean stopped) {}

  /** Writes something of at least a token, until it is stopped. */
  Written write(M model, StopSignal stop);
}
