package dev.carousel.tag;

import dev.carousel.data.BucketedBatches;
import dev.carousel.text.Vocabulary;
import dev.carousel.train.BatchSource;
import dev.carousel.train.Batches;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Training sentences in batches of similar length, new ones each epoch, with some of their words
 * made unknown. A function of seed, epoch and index alone, so that a resumed run sees the same.
 *
 * @param all every sentence with its tags and its label
 * @param plan how they are batched
 * @param contextual reads the sentences that memory had no room for
 * @param wordDropout probability that a word becomes the unknown one; its characters stay
 */
record TagExamples(TagBatch all, BucketedBatches plan, Contextual contextual, double wordDropout)
    implements BatchSource<TagBatch> {

  @Override
  public Batches<TagBatch> epoch(int epoch) {
    int[] lengths = all.sentences().stream().mapToInt(EncodedSentence::size).toArray();
    List<int[]> members = plan.plan(lengths, epoch);
    return new Batches<>() {
      @Override
      public int size() {
        return members.size();
      }

      @Override
      public TagBatch get(int index) {
        return batch(members.get(index), epoch, index);
      }
    };
  }

  private TagBatch batch(int[] members, int epoch, int index) {
    SplittableRandom random =
        new SplittableRandom(plan.seed() ^ ((long) epoch << 32 | index) * 0x9E3779B97F4A7C15L);
    return new TagBatch(
        contextual.fill(
            Arrays.stream(members)
                .mapToObj(i -> dropWords(all.sentences().get(i), random))
                .toList()),
        Arrays.stream(members).mapToObj(all.tags()::get).toList(),
        all.intents().isEmpty()
            ? List.of()
            : Arrays.stream(members).mapToObj(all.intents()::get).toList());
  }

  private EncodedSentence dropWords(EncodedSentence sentence, SplittableRandom random) {
    if (wordDropout == 0) {
      return sentence;
    }
    int[] kept = sentence.words().clone();
    for (int t = 0; t < kept.length; t++) {
      if (random.nextDouble() < wordDropout) {
        kept[t] = Vocabulary.UNK_ID;
      }
    }
    return sentence.withWords(kept);
  }
}
