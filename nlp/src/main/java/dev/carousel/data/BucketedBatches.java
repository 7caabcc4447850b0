package dev.carousel.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Plans batches of examples of similar length, so that little of a batch is padding.
 *
 * <p>Examples are shuffled, put in order of their length bucket {@code length / bucketWidth}, cut
 * into batches of {@code rows}, and the batches are shuffled. Every example is in exactly one
 * batch. One batch, the longest examples' own, may have fewer rows. The plan is a function of the
 * seed and the epoch alone, on every JDK.
 *
 * @param rows examples a batch, at least 1
 * @param bucketWidth lengths that count as similar, at least 1; 1 gives the least padding, more
 *     gives more mixing between epochs
 * @param seed any number
 */
public record BucketedBatches(int rows, int bucketWidth, long seed) {
  /** Checks the ranges. */
  public BucketedBatches {
    if (rows < 1 || bucketWidth < 1) {
      throw new IllegalArgumentException(
          "rows and bucketWidth must be at least 1: " + rows + ", " + bucketWidth);
    }
  }

  /**
   * The batches of one epoch.
   *
   * @param lengths the examples' lengths, none negative
   * @param epoch which pass over the data; other epochs have other batches
   * @return the examples' indices, batch by batch
   */
  public List<int[]> plan(int[] lengths, long epoch) {
    SplitMix64 random = SplitMix64.of(seed, epoch);
    int[] order = byBucket(lengths, random.permutation(lengths.length));
    List<int[]> inOrder = new ArrayList<>();
    for (long from = 0; from < order.length; from += rows) {
      int to = (int) Math.min(order.length, from + rows);
      inOrder.add(Arrays.copyOfRange(order, (int) from, to));
    }
    List<int[]> shuffled = new ArrayList<>(inOrder.size());
    for (int batch : random.permutation(inOrder.size())) {
      shuffled.add(inOrder.get(batch));
    }
    return shuffled;
  }

  /** Sorts by bucket, keeping the shuffled order within each: the key holds bucket and position. */
  private int[] byBucket(int[] lengths, int[] shuffled) {
    long[] keys = new long[shuffled.length];
    for (int i = 0; i < keys.length; i++) {
      int length = lengths[shuffled[i]];
      if (length < 0) {
        throw new IllegalArgumentException(
            "example " + shuffled[i] + " has the negative length " + length);
      }
      keys[i] = ((long) (length / bucketWidth) << 32) | i;
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    Arrays.setAll(order, i -> shuffled[(int) keys[i]]);
    return order;
  }
}
