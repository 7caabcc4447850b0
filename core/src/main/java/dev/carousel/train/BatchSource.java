package dev.carousel.train;

/**
 * Where batches come from: a pure function of the epoch and of a seed that is the source's own, so
 * that a checkpoint needs only an epoch and a position.
 */
@FunctionalInterface
public interface BatchSource<B> {
  /** The batches of epoch {@code epoch}, from 0, in the order they are trained. */
  Batches<B> epoch(int epoch);

  /** The same batches in the same order each epoch. */
  static <B> BatchSource<B> same(Batches<B> batches) {
    return epoch -> batches;
  }
}
