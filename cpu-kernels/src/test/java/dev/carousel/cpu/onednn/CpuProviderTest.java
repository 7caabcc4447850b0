package dev.carousel.cpu.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.cpu.fused.FusedKernels;
import dev.carousel.spi.Availability.Available;
import dev.carousel.spi.Backend;
import dev.carousel.spi.BackendException;
import dev.carousel.spi.BackendOptions;
import dev.carousel.spi.Backends;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CpuProviderTest {
  @Test
  void theBackendIsFoundByItsNameAndRanksAboveTheReference() {
    assertThat(Backends.names()).containsSubsequence("cpu", "reference");
    assertThat(new CpuProvider().probe()).isInstanceOf(Available.class);
    assertThat(new CpuProvider().probe().toString()).contains("oneDNN 3.11");
  }

  @Test
  void itSaysWhichKernelsAreItsOwnAndWhichTheReferences() {
    try (Backend cpu = Backends.named("cpu", 1)) {
      assertThat(cpu.describe())
          .containsEntry("capture", "reference backend")
          .containsEntry("threads", "1 a calling thread (OpenMP)");
      boolean own = FusedKernels.refusal() == null;
      for (String group :
          new String[] {
            "rnn",
            "linear",
            "optimizer",
            "loss",
            "normalization",
            "noise",
            "elementwise",
            "embedding",
            "pooling",
            "attention",
            "additive attention",
            "crf"
          }) {
        String says = String.valueOf(cpu.describe().get(group));
        assertThat(says.startsWith("Carousel's kernels")).as("%s: %s", group, says).isEqualTo(own);
      }
    }
  }

  @Test
  void anotherDeviceIsRefused() {
    assertThatThrownBy(() -> new CpuProvider().open(new BackendOptions(1, 0)))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("only device 0, not 1");
  }

  @Test
  void scratchIsNativeZeroedAndCopied() {
    try (Backend cpu = Backends.named("cpu", 1);
        Storage a = cpu.memory().allocate(DType.BYTE, 100);
        Storage b = cpu.memory().allocate(DType.BYTE, 100)) {
      NativeMemory from = NativeStorage.memory("a", Tensor.of(a));
      NativeMemory to = NativeStorage.memory("b", Tensor.of(b));
      assertThat(from.floats().get(24)).isZero();
      from.floats().put(3, 7f);
      cpu.memory().copy(Tensor.of(a), Tensor.of(b));
      assertThat(to.floats().get(3)).isEqualTo(7f);
      cpu.memory().fill(Tensor.of(b), 0);
      assertThat(to.floats().get(3)).isZero();
    }
  }

  @Test
  void scratchIsNotReadAfterItWasClosed() {
    NativeStorage s = new NativeStorage(64);
    s.close();
    s.close();
    assertThatThrownBy(() -> NativeStorage.memory("work", new Tensor(s, 0, shape(64))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("work lies in a storage that has been closed");
  }

  private static dev.carousel.tensor.Shape shape(int n) {
    return dev.carousel.tensor.Shape.of(n);
  }
}
