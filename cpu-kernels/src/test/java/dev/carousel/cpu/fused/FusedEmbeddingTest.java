package dev.carousel.cpu.fused;

import static dev.carousel.cpu.fused.Engines.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.EmbeddingKernels;
import dev.carousel.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusedEmbeddingTest {
  private static final Backend REFERENCE = Backends.named("reference", 1);
  private static final int ROWS = 40;

  @BeforeAll
  static void needsTheLibrary() {
    assumeTrue(FusedKernels.refusal() == null, FusedKernels::refusal);
  }

  @AfterAll
  static void close() {
    REFERENCE.close();
  }

  /** Each row many times, and ids that are none; one thread, and work for more than one. */
  private static int[] ids(int count) {
    return new SplittableRandom(1).ints(count, -3, ROWS).toArray();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 3", "50, 16", "333, 37", "900, 128", "400, 301"})
  void rowsAreReadByTheirIds(int count, int width) {
    int[] ids = ids(count);
    float[] table = uniform(2, ROWS * width, 1);
    Engines.each(
        k -> {
          float[] out = uniform(3, count * width, 1);
          EmbeddingKernels kernels = k.embedding(REFERENCE.embedding());
          kernels.gather(
              Tensor.of(ids, count), Tensor.of(table, ROWS, width), Tensor.of(out, count, width));
          for (int i = 0; i < out.length; i++) {
            int id = ids[i / width];
            assertThat(out[i]).isEqualTo(id < 0 ? 0 : table[id * width + i % width]);
          }
        });
  }

  /** The bits of additions one after another, whatever the number of threads. */
  @ParameterizedTest
  @CsvSource({"1, 1", "7, 3", "50, 16", "333, 37", "900, 128", "400, 301"})
  void r10_gradientsAreAddedInTheOrderOfTheIds(int count, int width) {
    int[] ids = ids(count);
    float[] d = uniform(4, count * width, 100);
    float[] want = uniform(5, ROWS * width, 1);
    for (int i = 0; i < d.length; i++) {
      if (ids[i / width] >= 0) {
        want[ids[i / width] * width + i % width] += d[i];
      }
    }
    Engines.assertBitsOfOneThread(
        k -> {
          float[] table = uniform(5, ROWS * width, 1);
          k.embedding(REFERENCE.embedding())
              .scatterAdd(
                  Tensor.of(ids, count), Tensor.of(d, count, width), Tensor.of(table, ROWS, width));
          assertThat(table).isEqualTo(want);
          return table;
        });
  }
}
