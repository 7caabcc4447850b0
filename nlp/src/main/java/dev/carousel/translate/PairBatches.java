package dev.carousel.translate;

import dev.carousel.data.BucketedBatches;
import dev.carousel.train.BatchSource;
import dev.carousel.train.Batches;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Training pairs in batches of similar length, new ones each epoch. A function of seed, epoch and
 * index alone, so that a resumed run sees the same.
 *
 * @param data what to train on
 * @param plan how it is batched
 * @param sampling how often the decoder reads its own guesses
 */
record PairBatches(EncodedPairs data, BucketedBatches plan, SamplingSchedule sampling)
    implements BatchSource<PairBatch> {

  @Override
  public Batches<PairBatch> epoch(int epoch) {
    int[] lengths = IntStream.range(0, data.size()).map(data::length).toArray();
    List<int[]> members = plan.plan(lengths, epoch);
    return new Batches<>() {
      @Override
      public int size() {
        return members.size();
      }

      @Override
      public PairBatch get(int index) {
        PairBatch plain = data.batch(Arrays.stream(members.get(index)).boxed().toList());
        long seed = new SplittableRandom(plan.seed() ^ ((long) epoch << 32 | index)).nextLong();
        return new PairBatch(plain.sources(), plain.targets(), sampling.rate(epoch), seed);
      }
    };
  }
}
