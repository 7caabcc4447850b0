package dev.carousel.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.carousel.kit.run.SmallNetTraining;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.BackendException;
import dev.carousel.spi.Memory;
import dev.carousel.tensor.Arena;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceMemoryTest {
  private Emulation emulation;

  @BeforeEach
  void open() {
    emulation = Emulation.open(Chunks.LIMIT);
  }

  @AfterEach
  void close() {
    if (emulation != null) {
      emulation.close();
    }
  }

  private Memory memory() {
    return emulation.backend.memory();
  }

  @Test
  void arrays_larger_than_the_staging_memory_go_in_pieces() {
    int n = 3_000_001;
    float[] values = new float[n + 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 9973;
    }
    try (Storage storage = memory().allocate(DType.F32, n)) {
      memory().upload(values, 1, Tensor.of(storage));
      float[] back = new float[n + 1];
      memory().download(Tensor.of(storage), back, 1);
      values[0] = 0;
      assertThat(back).isEqualTo(values);
    }
  }

  @Test
  void out_of_memory_names_the_shape_and_what_would_fit() {
    try (Arena arena = memory().arena(1L << 40)) {
      assertThatExceptionOfType(BackendException.class)
          .isThrownBy(() -> arena.take(DType.F32, Shape.of(1024, 64, 8192)))
          .withMessageContaining("[1024, 64, 8192]")
          .withMessageContaining("Emulated GPU")
          .withMessageMatching(".*about [34]\\d% of that size would fit.*");
      assertThat(arena.take(DType.F32, Shape.of(10)).size()).isEqualTo(10);
    }
  }

  @Test
  void a_step_that_is_recorded_may_not_allocate_move_or_wait() {
    try (Storage storage = memory().allocate(DType.F32, 4)) {
      Tensor t = Tensor.of(storage);
      refused("allocate", () -> memory().allocate(DType.F32, 1));
      refused("upload", () -> memory().upload(new float[4], 0, t));
      refused("read back", () -> memory().download(t, new float[4], 0));
      refused("wait", () -> memory().await());
      emulation.backend.capture().record(() -> memory().fill(t, 3)).close();
      float[] got = new float[4];
      memory().download(t, got, 0);
      assertThat(got).as("after refusals and a step that was right").containsOnly(3);
    }
  }

  private void refused(String what, Runnable step) {
    assertThatIllegalStateException()
        .isThrownBy(() -> emulation.backend.capture().record(step).close())
        .withMessageContaining("recorded step may not " + what);
  }

  @Test
  void a_tensor_of_the_host_is_refused_by_name() {
    Tensor host = Tensor.of(new float[4], 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> emulation.backend.elementwise().add(host, host, host))
        .withMessageContaining("HeapStorage");
  }

  @Test
  void memory_given_back_is_not_used_again() {
    Storage storage = memory().allocate(DType.F32, 4);
    storage.close();
    storage.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> memory().fill(Tensor.of(storage), 1))
        .withMessageContaining("given back");
  }

  @Test
  void training_and_closing_again_and_again_leaves_nothing_behind() {
    int before = emulation.driver.outstanding();
    for (int i = 0; i < 20; i++) {
      try (SmallNetTraining training = new SmallNetTraining(emulation.backend, Precision.F32)) {
        training.train(2);
      }
    }
    assertThat(emulation.driver.outstanding() - before)
        .as("blocks, but for the scratch that grew to its size")
        .isLessThanOrEqualTo(4);
    assertThat(emulation.dnn.outstanding()).isZero();
  }
}
