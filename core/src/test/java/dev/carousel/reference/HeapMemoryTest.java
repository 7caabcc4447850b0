package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.spi.Memory;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import org.junit.jupiter.api.Test;

class HeapMemoryTest {
  private final Memory memory = new HeapMemory();

  private Tensor tensor(DType type, int... dims) {
    Shape shape = Shape.of(dims);
    return new Tensor(memory.allocate(type, shape.size() + 2), 2, shape);
  }

  @Test
  void whatIsUploadedToAViewComesBack() {
    float[] floats = new float[4];
    int[] ints = new int[4];
    double[] doubles = new double[4];
    Tensor f = tensor(DType.F32, 3);
    Tensor i = tensor(DType.I32, 3);
    Tensor d = tensor(DType.F64, 3);
    memory.upload(new float[] {9, 1, 2, 3}, 1, f);
    memory.upload(new int[] {9, 4, 5, 6}, 1, i);
    memory.upload(new double[] {9, 7, 8, 9}, 1, d);
    memory.download(f, floats, 1);
    memory.download(i, ints, 1);
    memory.download(d, doubles, 1);
    assertThat(floats).containsExactly(0, 1, 2, 3);
    assertThat(ints).containsExactly(0, 4, 5, 6);
    assertThat(doubles).containsExactly(0, 7, 8, 9);
  }

  @Test
  void r08_anArrayThatIsTooShortIsNamedWithTheShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> memory.upload(new float[5], 2, tensor(DType.F32, 2, 2)))
        .withMessage("an array of 5 elements from 2 on does not hold a tensor of shape [2, 2]");
  }

  @Test
  void copiesMayChangeTheShapeButNotTheType() {
    Tensor from = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    Tensor to = tensor(DType.F32, 3, 2);
    memory.copy(from, to);
    assertThat(to.heap().floats()).containsExactly(0, 0, 1, 2, 3, 4, 5, 6);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> memory.copy(from, tensor(DType.F64, 2, 3)))
        .withMessage("cannot copy F32 [2, 3] to F64 [2, 3]");
  }

  @Test
  void fillStaysInsideTheView() {
    Tensor t = tensor(DType.F32, 2);
    memory.fill(t, 1.5);
    assertThat(t.heap().floats()).containsExactly(0, 0, 1.5f, 1.5f);
  }

  @Test
  void scratchCanBeClearedAndCopiedButNotFilled() {
    Tensor a = Tensor.of(memory.allocate(DType.BYTE, 24));
    ScratchStorage.of("a", a)[1] = 5;
    Tensor b = Tensor.of(memory.allocate(DType.BYTE, 24));
    memory.copy(a, b);
    assertThat(ScratchStorage.of("b", b)).containsExactly(0, 5, 0);
    memory.fill(b, 0);
    assertThat(ScratchStorage.of("b", b)).containsExactly(0, 0, 0);
    assertThatIllegalArgumentException().isThrownBy(() -> memory.fill(b, 1));
  }
}
