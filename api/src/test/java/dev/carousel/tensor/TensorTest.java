package dev.carousel.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class TensorTest {
  private final Tensor t = Tensor.of(new float[] {0, 1, 2, 3, 4, 5}, 2, 3);

  @Test
  void viewsShareTheArray() {
    Tensor row = t.slice(3, Shape.of(3));
    row.heap().floats()[row.heapOffset()] = 9;
    assertThat(t.heap().floats()).containsExactly(0, 1, 2, 9, 4, 5);
    assertThat(t.as(3, 2).storage()).isSameAs(t.storage());
    assertThat(row.slice(1, Shape.of(1)).heapOffset()).isEqualTo(4);
  }

  @Test
  void viewsOverlapWhereTheyShareAnElement() {
    Tensor first = t.slice(0, Shape.of(4));
    assertThat(first.overlaps(t.slice(3, Shape.of(3)))).isTrue();
    assertThat(first.overlaps(t.slice(4, Shape.of(2)))).isFalse();
    assertThat(t.overlaps(Tensor.of(new float[6], 2, 3))).isFalse();
  }

  @Test
  void aViewOutsideItsStorageIsRefusedWithBothSizes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> t.slice(4, Shape.of(3)))
        .withMessage("a slice of shape [3] at 4 leaves a tensor of shape [2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(new float[6], 2, 4))
        .withMessageContaining("[2, 4]")
        .withMessageContaining("6 elements");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> t.as(4, 2))
        .withMessageContaining("[2, 3]")
        .withMessageContaining("[4, 2]");
  }

  @Test
  void aWrongTypeOrShapeIsNamedWithBoth() {
    assertThat(t.require("x", DType.F32, 2, 3)).isSameAs(t);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> t.require("x", DType.F64, 2, 3))
        .withMessage("x must be F64, not F32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> t.require("x", DType.F32, 3, 2))
        .withMessage("x must have shape [3, 2], not [2, 3]");
  }

  @Test
  void anArrayIsHandedOutOnlyAsWhatItIs() {
    assertThat(t.heap().size()).isEqualTo(6);
    assertThat(Tensor.of(HeapStorage.allocate(DType.I32, 4)).shape()).isEqualTo(Shape.of(4));
    assertThatIllegalStateException()
        .isThrownBy(() -> t.heap().doubles())
        .withMessage("storage holds F32, not F64");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeapStorage.allocate(DType.BF16, 4))
        .withMessageContaining("BF16");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeapStorage.allocate(DType.F32, 1L << 40))
        .withMessageContaining("" + (1L << 40));
  }
}
