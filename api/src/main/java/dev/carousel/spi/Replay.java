package dev.carousel.spi;

/** A recorded step. The caller closes it. */
public interface Replay extends AutoCloseable {
  /** Runs it again: the same bits as the eager step would give (rule R10). */
  void launch();

  @Override
  void close();
}
