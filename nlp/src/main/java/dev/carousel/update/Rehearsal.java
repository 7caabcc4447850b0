package dev.carousel.update;

import dev.carousel.data.BucketedBatches;
import java.util.ArrayList;
import java.util.List;

/**
 * Corrections in batches, each with some older examples among them, so that what these taught is
 * rehearsed (Robins 1995). Every correction occurs once an epoch; older examples are taken in turn.
 *
 * @param corrections what is new, at least one
 * @param older what was learned before; may be empty if the share is 0
 * @param share of a batch that is older, 0 to below 1; at least one correction is in each
 * @param batch examples a batch, at least 1
 * @param seed of the order
 * @param <X> an example
 */
public record Rehearsal<X>(List<X> corrections, List<X> older, double share, int batch, long seed) {
  /** Copies and checks. */
  public Rehearsal {
    corrections = List.copyOf(corrections);
    older = List.copyOf(older);
    if (corrections.isEmpty()) {
      throw new IllegalArgumentException("there are no corrections to learn from");
    }
    if (!(share >= 0 && share < 1) || batch < 1) {
      throw new IllegalArgumentException(
          "the replayed share must be 0 to below 1 and a batch at least 1, not %s and %d"
              .formatted(share, batch));
    }
    if (share > 0 && older.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to replay, but a share of " + share);
    }
  }

  /** The batches of an epoch, from 0. */
  public List<List<X>> epoch(int epoch) {
    int replayed = Math.min(batch - 1, (int) Math.round(batch * share));
    List<int[]> old = new BucketedBatches(1, 1, seed).plan(new int[older.size()], epoch);
    int next = 0;
    List<List<X>> batches = new ArrayList<>();
    BucketedBatches plan = new BucketedBatches(batch - replayed, 1, seed);
    for (int[] members : plan.plan(new int[corrections.size()], epoch)) {
      List<X> one = new ArrayList<>();
      for (int member : members) {
        one.add(corrections.get(member));
      }
      for (int i = 0; i < replayed; i++) {
        one.add(older.get(old.get(next++ % old.size())[0]));
      }
      batches.add(one);
    }
    return batches;
  }
}
