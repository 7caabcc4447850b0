package dev.carousel.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.kit.run.DeviceTensors;
import dev.carousel.spi.Memory;
import dev.carousel.tensor.Arena;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.OutOfArenaException;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Allocation and transfer. */
public interface MemoryContract extends BackendContract {
  /** Parameters and gradients start from zero. */
  @ParameterizedTest
  @MethodSource("types")
  default void memory_newMemoryIsZero(DType type) {
    try (DeviceTensors tensors = new DeviceTensors(backend().memory())) {
      assertThat(tensors.read(tensors.empty(type, 1003))).containsOnly(0);
      assertThat(tensors.read(tensors.empty(DType.I32, 1003))).containsOnly(0);
    }
  }

  /** Part of an array into part of a tensor and back. */
  @Test
  default void memory_uploadAndDownloadMoveTheGivenPartOnly() {
    Memory memory = backend().memory();
    try (DeviceTensors tensors = new DeviceTensors(memory)) {
      Tensor floats = tensors.empty(DType.F32, 5);
      memory.upload(new float[] {9, 1, 2, 9}, 1, floats.slice(2, Shape.of(2)));
      float[] gotFloats = new float[7];
      memory.download(floats, gotFloats, 1);
      assertThat(gotFloats).containsExactly(0, 0, 0, 1, 2, 0, 0);

      Tensor doubles = tensors.empty(DType.F64, 5);
      memory.upload(new double[] {9, 1, 2, 9}, 1, doubles.slice(2, Shape.of(2)));
      double[] gotDoubles = new double[7];
      memory.download(doubles, gotDoubles, 1);
      assertThat(gotDoubles).containsExactly(0, 0, 0, 1, 2, 0, 0);

      Tensor ints = tensors.empty(DType.I32, 5);
      memory.upload(new int[] {9, 1, 2, 9}, 1, ints.slice(2, Shape.of(2)));
      int[] gotInts = new int[7];
      memory.download(ints, gotInts, 1);
      assertThat(gotInts).containsExactly(0, 0, 0, 1, 2, 0, 0);
    }
  }

  /** Of the same size; the shapes may differ. */
  @ParameterizedTest
  @MethodSource("types")
  default void memory_copyMovesElementsBetweenTensors(DType type) {
    try (DeviceTensors tensors = new DeviceTensors(backend().memory())) {
      Tensor from = tensors.of(type, new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
      Tensor to = tensors.empty(type, 8);
      backend().memory().copy(from, to.slice(1, Shape.of(6)));
      assertThat(tensors.read(to)).containsExactly(0, 1, 2, 3, 4, 5, 6, 0);
      Tensor ints = tensors.of(new int[] {7, 8}, 2);
      Tensor intsTo = tensors.empty(DType.I32, 1, 2);
      backend().memory().copy(ints, intsTo);
      assertThat(tensors.read(intsTo)).containsExactly(7, 8);
    }
  }

  /** The part, and nothing beside it. */
  @ParameterizedTest
  @MethodSource("types")
  default void memory_fillWritesTheGivenPartOnly(DType type) {
    try (DeviceTensors tensors = new DeviceTensors(backend().memory())) {
      Tensor t = tensors.empty(type, 5);
      backend().memory().fill(t.slice(1, Shape.of(3)), -2.5);
      assertThat(tensors.read(t)).containsExactly(0, -2.5, -2.5, -2.5, 0);
      Tensor ints = tensors.empty(DType.I32, 3);
      backend().memory().fill(ints.slice(0, Shape.of(2)), -7);
      assertThat(tensors.read(ints)).containsExactly(-7, -7, 0);
    }
  }

  /** Scratch takes only zero. */
  @Test
  default void r08_memoryNamesWhatDoesNotFit() {
    Memory memory = backend().memory();
    try (DeviceTensors tensors = new DeviceTensors(memory)) {
      Tensor floats = tensors.empty(DType.F32, 6);
      Tensor few = tensors.empty(DType.F32, 5);
      Tensor ints = tensors.empty(DType.I32, 6);
      Tensor bytes = tensors.empty(DType.BYTE, 64);
      memory.fill(bytes, 0);
      assertThatIllegalArgumentException().isThrownBy(() -> memory.fill(bytes, 1));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> memory.copy(floats, few))
          .withMessageContaining("6")
          .withMessageContaining("5");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> memory.copy(floats, ints))
          .withMessageContaining("F32")
          .withMessageContaining("I32");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> memory.upload(new float[6], 0, ints))
          .withMessageContaining("F32")
          .withMessageContaining("I32");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> memory.download(floats, new int[6], 0))
          .withMessageContaining("F32")
          .withMessageContaining("I32");
    }
  }

  /** Which is what lets a recorded step be replayed. */
  @ParameterizedTest
  @MethodSource("types")
  default void memory_anArenaGivesTheSameAddressesForTheSameTakes(DType type) {
    try (Arena arena = backend().memory().arena(1 << 20)) {
      arena.take(type, Shape.of(3));
      long mark = arena.mark();
      List<Tensor> first = takes(arena, type);
      arena.release(mark);
      List<Tensor> second = takes(arena, type);
      for (int i = 0; i < first.size(); i++) {
        assertThat(second.get(i).storage()).isSameAs(first.get(i).storage());
        assertThat(second.get(i).offset()).isEqualTo(first.get(i).offset());
        assertThat(second.get(i).shape()).isEqualTo(first.get(i).shape());
      }
    }
  }

  private static List<Tensor> takes(Arena arena, DType type) {
    List<Tensor> taken = new ArrayList<>();
    taken.add(arena.take(type, Shape.of(7, 3)));
    taken.add(arena.take(DType.I32, Shape.of(5)));
    taken.add(arena.take(DType.BYTE, Shape.of(100)));
    taken.add(arena.take(type, Shape.of(11)));
    return taken;
  }

  /** Not before they are released. */
  @ParameterizedTest
  @MethodSource("types")
  default void memory_tensorsOfAnArenaDoNotOverlap(DType type) {
    Memory memory = backend().memory();
    try (Arena arena = memory.arena(1 << 20);
        DeviceTensors tensors = new DeviceTensors(memory)) {
      List<Tensor> taken = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        taken.add(arena.take(type, Shape.of(2 * i + 1)));
        memory.fill(taken.get(i), i);
      }
      for (int i = 0; i < 20; i++) {
        assertThat(tensors.read(taken.get(i))).hasSize(2 * i + 1).containsOnly(i);
      }
      assertThat(arena.highWater()).isGreaterThanOrEqualTo(400L * type.bytes());
    }
  }

  /** Too much is refused by name; the arena can still give what fits. */
  @ParameterizedTest
  @MethodSource("types")
  default void memory_anArenaOverItsBudgetNamesTheShapeAndTheBudget(DType type) {
    try (Arena arena = backend().memory().arena(100_000)) {
      assertThatExceptionOfType(OutOfArenaException.class)
          .isThrownBy(() -> arena.take(type, Shape.of(123, 4567)))
          .withMessageContaining("[123, 4567]")
          .withMessageContaining("100000");
      assertThat(arena.take(type, Shape.of(10)).size()).isEqualTo(10);
    }
  }

  /** The creator closes, perhaps twice. */
  @ParameterizedTest
  @MethodSource("types")
  default void memory_storageMayBeClosedTwice(DType type) {
    Storage storage = backend().memory().allocate(type, 10);
    assertThat(storage.type()).isEqualTo(type);
    assertThat(storage.size()).isEqualTo(10);
    storage.close();
    storage.close();
  }
}
