package dev.carousel.train;

import java.util.List;

/**
 * The batches of one epoch. {@link #get} is a pure function of its argument, so that a resumed run
 * goes on in the middle.
 */
public interface Batches<B> {
  /** How many there are. */
  int size();

  /** Batch {@code index}, from 0; may build it. Equal arguments give equal batches. */
  B get(int index);

  /** Batches that are all there already. */
  static <B> Batches<B> of(List<B> all) {
    List<B> copy = List.copyOf(all);
    return new Batches<>() {
      @Override
      public int size() {
        return copy.size();
      }

      @Override
      public B get(int index) {
        return copy.get(index);
      }
    };
  }
}
