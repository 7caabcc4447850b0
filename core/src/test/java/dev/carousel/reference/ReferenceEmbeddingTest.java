package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ReferenceEmbeddingTest {
  private final ReferenceEmbedding kernels = new ReferenceEmbedding();

  @Test
  void idsFetchTheirRowsAndNegativeOnesZeros() {
    float[] out = {9, 9, 9, 9, 9, 9};
    kernels.gather(
        Tensor.of(new int[] {2, -1, 0}, 3, 1),
        Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2),
        Tensor.of(out, 3, 1, 2));
    assertThat(out).containsExactly(5, 6, 0, 0, 1, 2);
  }

  @Test
  void r04_gradientsOfOneRowAddUp() {
    float[] table = {1, 1, 1, 1};
    kernels.scatterAdd(
        Tensor.of(new int[] {1, -1, 1}, 3),
        Tensor.of(new float[] {1, 2, 100, 100, 10, 20}, 3, 2),
        Tensor.of(table, 2, 2));
    assertThat(table).containsExactly(1, 1, 12, 23);
  }

  @Test
  void anIdBeyondTheTableIsNamedWithItsPlace() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                kernels.gather(
                    Tensor.of(new int[] {0, 3}, 2),
                    Tensor.of(new float[6], 3, 2),
                    Tensor.of(new float[4], 2, 2)))
        .withMessage("id 3 at position 1 of ids [2] is not below the table's 3 rows");
  }
}
