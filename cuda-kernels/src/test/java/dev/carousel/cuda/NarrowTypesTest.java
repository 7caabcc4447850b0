package dev.carousel.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.tensor.DType;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The casts of the kernels, against published bit patterns and another implementation of them. */
class NarrowTypesTest {
  @ParameterizedTest
  @CsvSource({
    "1, 15360",
    "-2, -16384",
    "65504, 31743",
    "65520, 31744",
    "5.9604645e-8, 1",
    "0.33325195, 13653"
  })
  void halves_are_those_of_IEEE_754(float value, short bits) {
    assertThat(HostFloats.toHalf(value)).isEqualTo(bits);
    assertThat(cast(Kernel.CAST_F32_F16, value)).isEqualTo(bits);
  }

  /** A half between two bfloat16 goes to the even one; NaN stays NaN. */
  @ParameterizedTest
  @CsvSource({"1, 16256", "1.00390625, 16256", "1.01171875, 16258", "-3.5, -16288", "NaN, 32704"})
  void bfloat16_rounds_to_the_nearest_even(float value, short bits) {
    assertThat(cast(Kernel.CAST_F32_BF16, value)).isEqualTo(bits);
  }

  private static short cast(Kernel kernel, float value) {
    try (Emulation e = Emulation.open(Chunks.LIMIT);
        Storage from = e.backend.memory().allocate(DType.F32, 1);
        Storage to = e.backend.memory().allocate(DType.I32, 1)) {
      e.backend.memory().upload(new float[] {value}, 0, Tensor.of(from));
      try (Gpu.Turn turn = e.gpu.turn()) {
        turn.kernel(kernel).at(Tensor.of(from)).at(Tensor.of(to)).size(1).each(1);
      }
      int[] got = new int[1];
      e.backend.memory().download(Tensor.of(to), got, 0);
      return (short) got[0];
    }
  }

  @Test
  void every_finite_half_comes_back_from_single() {
    for (int bits = 0; bits < 0x7c00; bits++) {
      assertThat(HostFloats.toHalf(HostFloats.half((short) bits))).isEqualTo((short) bits);
    }
  }
}
