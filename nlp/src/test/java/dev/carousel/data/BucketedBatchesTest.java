package dev.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketedBatchesTest {
  private static final int[] LENGTHS = new Random(11).ints(1003, 0, 200).toArray();

  @ParameterizedTest(name = "rows {0}, bucket width {1}")
  @CsvSource({"32,8", "1,1", "7,1000", "2000,5", "2147483647,2147483647"})
  void everyExampleIsInExactlyOneBatchAndOneBatchIsPartial(int rows, int width) {
    List<int[]> batches = new BucketedBatches(rows, width, 1).plan(LENGTHS, 0);
    assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, LENGTHS.length).toArray());
    assertThat(batches.stream().filter(b -> b.length < rows).count()).isLessThanOrEqualTo(1);
    assertThat(batches).hasSize((int) Math.ceil(LENGTHS.length / (double) rows));
  }

  @Test
  void aBatchSpansLittleMoreThanItsBuckets() {
    // About 40 examples share a bucket of width 8, so 32 rows touch at most 3 buckets.
    for (int[] batch : new BucketedBatches(32, 8, 1).plan(LENGTHS, 0)) {
      int[] sorted = Arrays.stream(batch).map(i -> LENGTHS[i] / 8).sorted().toArray();
      assertThat(sorted[sorted.length - 1] - sorted[0]).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void thePlanIsAFunctionOfSeedAndEpoch() {
    BucketedBatches batches = new BucketedBatches(16, 8, 5);
    assertThat(text(batches.plan(LENGTHS, 2))).isEqualTo(text(batches.plan(LENGTHS, 2)));
    assertThat(text(batches.plan(LENGTHS, 2))).isNotEqualTo(text(batches.plan(LENGTHS, 3)));
    assertThat(text(batches.plan(LENGTHS, 2)))
        .isNotEqualTo(text(new BucketedBatches(16, 8, 6).plan(LENGTHS, 2)));
  }

  @Test
  void thePlanIsPinned() {
    int[] lengths = {9, 1, 5, 3, 8, 2, 7};
    assertThat(text(new BucketedBatches(2, 3, 1).plan(lengths, 0)))
        .isEqualTo("[[6, 4], [2, 3], [0], [5, 1]]");
  }

  @Test
  void batchesDoNotComeInOrderOfLength() {
    int[] first =
        new BucketedBatches(16, 1, 5)
            .plan(LENGTHS, 0).stream().mapToInt(b -> LENGTHS[b[0]]).toArray();
    assertThat(first).isNotEqualTo(Arrays.stream(first).sorted().toArray());
  }

  @Test
  void badRangesAreRefused() {
    assertThatThrownBy(() -> new BucketedBatches(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BucketedBatches(1, 1, 1).plan(new int[] {3, -1}, 0))
        .hasMessage("example 1 has the negative length -1");
    assertThat(new BucketedBatches(4, 1, 1).plan(new int[0], 0)).isEmpty();
  }

  private static String text(List<int[]> batches) {
    return batches.stream().map(Arrays::toString).toList().toString();
  }
}
