package dev.carousel.task;

import dev.carousel.data.BucketedBatches;
import dev.carousel.data.ClassSampler;
import dev.carousel.text.Vocabulary;
import dev.carousel.train.BatchSource;
import dev.carousel.train.Batches;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Training texts in batches of similar length, new ones each epoch, with some of their tokens made
 * unknown. A function of seed, epoch and index alone, so that a resumed run sees the same.
 *
 * @param data what to train on
 * @param sampler which texts an epoch has
 * @param plan how it is batched
 * @param wordDropout probability that a token becomes the unknown word
 */
record TextBatches(
    LabelledTexts data, ClassSampler sampler, BucketedBatches plan, double wordDropout)
    implements BatchSource<TextBatch> {

  @Override
  public Batches<TextBatch> epoch(int epoch) {
    int[] drawn = sampler.draw(epoch);
    int[] lengths = Arrays.stream(drawn).map(i -> data.texts().get(i).length).toArray();
    List<int[]> members = plan.plan(lengths, epoch);
    return new Batches<>() {
      @Override
      public int size() {
        return members.size();
      }

      @Override
      public TextBatch get(int index) {
        int[] texts = Arrays.stream(members.get(index)).map(i -> drawn[i]).toArray();
        return batch(texts, epoch, index);
      }
    };
  }

  private TextBatch batch(int[] members, int epoch, int index) {
    SplittableRandom random =
        new SplittableRandom(plan.seed() ^ ((long) epoch << 32 | index) * 0x9E3779B97F4A7C15L);
    return new TextBatch(
        Arrays.stream(members).mapToObj(i -> dropWords(data.texts().get(i), random)).toList(),
        Arrays.stream(members).mapToObj(data.labels()::get).toList());
  }

  private int[] dropWords(int[] text, SplittableRandom random) {
    if (wordDropout == 0) {
      return text;
    }
    int[] kept = text.clone();
    for (int t = 0; t < kept.length; t++) {
      if (random.nextDouble() < wordDropout) {
        kept[t] = Vocabulary.UNK_ID;
      }
    }
    return kept;
  }
}
