package dev.carousel.cpu.fused;

import static dev.carousel.cpu.fused.Engines.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.Noise;
import dev.carousel.spi.Philox;
import dev.carousel.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FusedNoiseTest {
  private static final Backend REFERENCE = Backends.named("reference", 1);
  private static final int[] STATE = {0x1234_5678, 0x9ABC_DEF0, -3};
  private static final int SITE = 5;

  @BeforeAll
  static void needsTheLibrary() {
    assumeTrue(FusedKernels.refusal() == null, FusedKernels::refusal);
  }

  @AfterAll
  static void close() {
    REFERENCE.close();
  }

  private static float wanted(float x, int index, double rate) {
    int word = Philox.word(STATE[0], STATE[1], STATE[2], SITE, index);
    boolean kept = Integer.compareUnsigned(word, Philox.threshold(rate)) >= 0;
    return kept ? (float) (x / (1 - rate)) : 0;
  }

  /** Three roundings: of the factor, of the product, and of what is wanted. */
  private static void assertUnit(int i, float got, float want) {
    assertThat(got).as("unit %d", i).isCloseTo(want, within(2.5e-7f * Math.abs(want)));
    assertThat(got == 0).as("unit %d is dropped", i).isEqualTo(want == 0);
  }

  /** Periods on both sides of a vector, of what is drawn at once, and of a thread's worth. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 0.5",
    "70, 70, 0.1",
    "70, 7, 0.9",
    "1029, 1029, 0.5",
    "5000, 1030, 0.3",
    "40013, 40013, 0.25",
    "40013, 3000, 0.5",
    "40013, 1, 0.5",
    "99, 33, 0"
  })
  void theUnitsOfTheGeneratorAreDropped(int size, int period, double rate) {
    float[] x = uniform(1, size, 1);
    Noise noise = new Noise(Tensor.of(STATE, 3), SITE);
    Engines.each(
        k -> {
          Tensor y = Tensor.of(x.clone(), size);
          k.noise(REFERENCE.noise()).dropout(y, y, rate, period, noise);
          for (int i = 0; i < size; i++) {
            assertUnit(i, y.heap().floats()[i], wanted(x[i], i % period, rate));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 33, 200})
  void everyOccurrenceOfAnIdSharesItsFate(int width) {
    int rows = 217;
    int[] ids = new SplittableRandom(2).ints(rows, -2, 90).toArray();
    ids[5] = Integer.MAX_VALUE;
    float[] x = uniform(3, rows * width, 1);
    Noise noise = new Noise(Tensor.of(STATE, 3), SITE);
    Engines.each(
        k -> {
          Tensor y = Tensor.of(new float[rows * width], rows, width);
          Tensor from = Tensor.of(x, rows, width);
          k.noise(REFERENCE.noise()).dropRows(Tensor.of(ids, rows), from, y, 0.4, noise);
          for (int i = 0; i < x.length; i++) {
            int id = ids[i / width];
            assertUnit(i, y.heap().floats()[i], id < 0 ? x[i] : wanted(x[i], id, 0.4));
          }
        });
  }
}
