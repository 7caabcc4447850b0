package dev.carousel.lm;

import dev.carousel.train.BatchSource;
import dev.carousel.train.Batches;

/**
 * A stream as N rows that are read side by side, window after window: row n continues where it was.
 * The stream is cut into N pieces of equal length; a rest of fewer than N tokens is not trained on.
 *
 * @param stream tokens, of which each but the first is predicted
 * @param rows N
 * @param unrolling cuts the rows
 * @param seed of the cuts
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CarriedWindows(int[] stream, int rows, Unrolling unrolling, long seed)
    implements BatchSource<Window> {
  CarriedWindows {
    if (stream.length - 1 < rows) {
      throw new IllegalArgumentException(
          "%d tokens to learn from are too few for %d rows a batch: use fewer rows or more text"
              .formatted(stream.length - 1, rows));
    }
  }

  @Override
  public Batches<Window> epoch(int epoch) {
    int length = (stream.length - 1) / rows;
    int[] cuts = unrolling.cuts(length, seed, epoch);
    return new Batches<>() {
      @Override
      public int size() {
        return cuts.length - 1;
      }

      @Override
      public Window get(int index) {
        return Window.ofStream(stream, rows, length, cuts[index], cuts[index + 1]);
      }
    };
  }
}
