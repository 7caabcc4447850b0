package dev.carousel.cpu.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.tensor.Arena;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.OutOfArenaException;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostArenaTest {
  private final Backend reference = Backends.named("reference", 1);

  @AfterEach
  void close() {
    reference.close();
  }

  private Arena arena(long budget) {
    return new HostArena(reference.memory(), budget);
  }

  @Test
  void theSameTakesAfterAReleaseGiveTheSameAddresses() {
    try (Arena arena = arena(64 << 20)) {
      arena.take(DType.F32, Shape.of(10));
      long mark = arena.mark();
      List<Tensor> first = takeSome(arena);
      arena.release(mark);
      assertThat(takeSome(arena)).isEqualTo(first);
    }
  }

  /** More than one slab of two types, interleaved. */
  private static List<Tensor> takeSome(Arena arena) {
    List<Tensor> taken = new ArrayList<>();
    for (int i = 1; i < 12; i++) {
      taken.add(arena.take(DType.F32, Shape.of(i, 20_011)));
      taken.add(arena.take(DType.BYTE, Shape.of(i * 100_003)));
      taken.add(arena.take(DType.I32, Shape.of(i)));
    }
    return taken;
  }

  @Test
  void scratchStartsOnCacheLines() {
    try (Arena arena = arena(1 << 20)) {
      for (int i = 1; i < 200; i += 7) {
        Tensor t = arena.take(DType.BYTE, Shape.of(i));
        assertThat(NativeStorage.memory("t", t).at(t.offset()).address() % 64).isZero();
      }
    }
  }

  @Test
  void theBudgetIsKeptAndNamed() {
    try (Arena arena = arena(4096)) {
      long mark = arena.mark();
      arena.take(DType.F32, Shape.of(900));
      assertThatThrownBy(() -> arena.take(DType.BYTE, Shape.of(600)))
          .isInstanceOf(OutOfArenaException.class)
          .hasMessageContaining("[600]")
          .hasMessageContaining("4096");
      arena.release(mark);
      // what lies idle makes room for another type
      assertThat(arena.take(DType.BYTE, Shape.of(4000)).size()).isEqualTo(4000);
      assertThat(arena.highWater()).isEqualTo(4032);
    }
  }
}
