package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.carousel.tensor.Arena;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.OutOfArenaException;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapArenaTest {
  private static final DType[] TYPES = {DType.F32, DType.F64, DType.I32, DType.BYTE};

  @Test
  void theSameTakesFromTheSameMarkGiveTheSameAddresses() {
    try (Arena arena = new HeapArena(64 << 20)) {
      arena.take(DType.F32, Shape.of(10));
      long mark = arena.mark();
      List<Tensor> first = takeMany(arena);
      arena.release(mark);
      List<Tensor> second = takeMany(arena);
      for (int i = 0; i < first.size(); i++) {
        assertThat(second.get(i).storage()).isSameAs(first.get(i).storage());
        assertThat(second.get(i).offset()).isEqualTo(first.get(i).offset());
      }
    }
  }

  /** Enough to outgrow several chunks of every type. */
  private static List<Tensor> takeMany(Arena arena) {
    List<Tensor> taken = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      taken.add(arena.take(TYPES[i % TYPES.length], Shape.of(1 + i * 5003, 3)));
    }
    return taken;
  }

  @Test
  void tensorsTakenTogetherDoNotOverlap() {
    try (Arena arena = new HeapArena(64 << 20)) {
      List<Tensor> taken = takeMany(arena);
      for (int i = 0; i < taken.size(); i++) {
        for (int j = 0; j < i; j++) {
          assertThat(taken.get(i).overlaps(taken.get(j))).as("%d and %d", i, j).isFalse();
        }
      }
    }
  }

  @Test
  void scratchStartsAtWholeDoubles() {
    try (Arena arena = new HeapArena(1 << 20)) {
      arena.take(DType.BYTE, Shape.of(3));
      assertThat(arena.take(DType.BYTE, Shape.of(5)).offset()).isEqualTo(8);
    }
  }

  @Test
  void theWholeBudgetCanBeTakenAndNotAByteMore() {
    try (Arena arena = new HeapArena(1000)) {
      arena.take(DType.F32, Shape.of(125));
      arena.take(DType.F32, Shape.of(125));
      assertThat(arena.highWater()).isEqualTo(1000);
      assertThatExceptionOfType(OutOfArenaException.class)
          .isThrownBy(() -> arena.take(DType.I32, Shape.of(1, 1)))
          .withMessageContaining("[1, 1]")
          .withMessageContaining("1000");
    }
  }

  @Test
  void afterAFailureEverythingReleasedCanBeTakenInAnotherType() {
    try (Arena arena = new HeapArena(1000)) {
      long mark = arena.mark();
      arena.take(DType.F32, Shape.of(250));
      assertThatExceptionOfType(OutOfArenaException.class)
          .isThrownBy(() -> arena.take(DType.F64, Shape.of(125)));
      arena.release(mark);
      assertThat(arena.take(DType.F64, Shape.of(125)).size()).isEqualTo(125);
    }
  }

  @Test
  void highWaterIsTheMostTakenAtOnce() {
    try (Arena arena = new HeapArena(1 << 20)) {
      long mark = arena.mark();
      arena.take(DType.F32, Shape.of(100));
      arena.take(DType.F64, Shape.of(10));
      arena.release(mark);
      arena.take(DType.F32, Shape.of(1));
      assertThat(arena.highWater()).isEqualTo(480);
    }
  }

  @Test
  void aMarkThatWasReleasedIsRefused() {
    try (Arena arena = new HeapArena(1 << 20)) {
      long before = arena.mark();
      arena.take(DType.F32, Shape.of(1));
      long after = arena.mark();
      arena.release(before);
      assertThatIllegalArgumentException().isThrownBy(() -> arena.release(after));
    }
  }

  @Test
  void aClosedArenaGivesNothing() {
    Arena arena = new HeapArena(1 << 20);
    arena.close();
    assertThatIllegalStateException().isThrownBy(() -> arena.take(DType.F32, Shape.of(1)));
  }
}
