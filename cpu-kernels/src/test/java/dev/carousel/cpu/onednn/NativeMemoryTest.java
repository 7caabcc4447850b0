package dev.carousel.cpu.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.cpu.fused.FusedKernels;
import dev.carousel.spi.BackendException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NativeMemoryTest {
  @ParameterizedTest
  @EnumSource
  void bytesAreAlignedZeroedAndCopied(NativeHeap heap) {
    assumeTrue(heap != NativeHeap.OWN || FusedKernels.refusal() == null);
    try (NativeMemory a = new NativeMemory(heap, 10_000);
        NativeMemory b = new NativeMemory(heap, 10_000)) {
      assertThat(a.address() % NativeMemory.ALIGNMENT).isZero();
      assertThat(a.at(12).address()).isEqualTo(a.address() + 12);
      assertThat(a.size()).isEqualTo(10_000);
      for (int i = 0; i < 2500; i++) {
        a.floats().put(i, 1 + i);
      }
      b.zero(0, 10_000);
      b.copy(8, a, 4, 9_000);
      assertThat(b.floats().get(1)).isZero();
      assertThat(b.floats().get(2)).isEqualTo(2);
      assertThat(b.floats().get(2251)).isEqualTo(2251);
      assertThat(b.floats().get(2252)).isZero();
      a.zero(4, 9_000);
      assertThat(a.floats().get(0)).isEqualTo(1);
      assertThat(a.floats().get(1)).isZero();
      assertThat(a.floats().get(2250)).isZero();
      assertThat(a.floats().get(2251)).isEqualTo(2252);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheSystemDoesNotHaveIsRefused(NativeHeap heap) {
    assertThatThrownBy(() -> new NativeMemory(heap, 1L << 31))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("larger than 2 GiB");
  }
}
