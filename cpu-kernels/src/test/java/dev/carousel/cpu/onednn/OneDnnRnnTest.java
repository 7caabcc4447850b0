package dev.carousel.cpu.onednn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnKernels;
import dev.carousel.spi.UnsupportedSpecException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OneDnnRnnTest extends RnnKernelsTest {
  private static final Engine ENGINE = new Engine(ThreadCount.of(0));
  private static final CpuFeatures CPU = CpuFeatures.detect();
  private static final OneDnnRnnKernels KERNELS = new OneDnnRnnKernels(ENGINE, CPU);

  @AfterAll
  static void close() {
    KERNELS.close();
    ENGINE.close();
  }

  @Override
  RnnKernels kernels() {
    return KERNELS;
  }

  @Override
  boolean runs(RnnSpec spec) {
    return spec.precision() == Precision.F32
        || (spec.precision() == Precision.BF16 && CPU.hasBfloat16());
  }

  Stream<Trial> smoothTrials() {
    return trials()
        .filter(t -> t.spec.cell() != Cell.RNN_RELU && t.spec.projectionSize() == 0)
        .map(t -> new Trial(t.spec.withPrecision(Precision.BF16), t.steps, t.lengths, 8));
  }

  /** Seven significant bits, a few dozen roundings; no rectifier, which jumps where they differ. */
  @ParameterizedTest
  @MethodSource("smoothTrials")
  void bfloat16AgreesWithTheEquationsToItsOwnPrecision(Trial trial) {
    assumeTrue(CPU.hasBfloat16(), "the processor has no bfloat16");
    assertAgrees(trial.run(KERNELS, Pass.TRAINING), 2e-2);
  }

  @Test
  void r09_otherPrecisionsAreRefusedWithAReason() {
    RnnSpec half = RnnSpec.of(Cell.LSTM, 4, 6).withPrecision(Precision.F16);
    assertThatThrownBy(() -> KERNELS.plan(half, 5, 2, Pass.INFERENCE))
        .isInstanceOf(UnsupportedSpecException.class)
        .hasMessageContaining("F32 or BF16, not F16");
  }

  @Test
  void r09_aProcessorWithoutBfloat16RefusesIt() {
    CpuFeatures old = new CpuFeatures(org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx2);
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 4, 6).withPrecision(Precision.BF16);
    try (OneDnnRnnKernels kernels = new OneDnnRnnKernels(ENGINE, old)) {
      assertThatThrownBy(() -> kernels.plan(spec, 5, 2, Pass.INFERENCE))
          .isInstanceOf(UnsupportedSpecException.class)
          .hasMessageContaining("this one has AVX2");
    }
  }
}
