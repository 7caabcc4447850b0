package dev.carousel.cpu.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.cpu.fused.FusedKernels.InstructionSet;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnPlan;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuFeaturesTest {
  @Test
  void ourOwnKernelsMultiplyBfloat16WhereItIsAnInstructionButNotWhereThereIsAmx() {
    assertThat(instructions(dnnl.dnnl_cpu_isa_sse41)).isNull();
    assertThat(instructions(dnnl.dnnl_cpu_isa_avx2)).isEqualTo(InstructionSet.AVX2);
    assertThat(instructions(dnnl.dnnl_cpu_isa_avx512_core)).isEqualTo(InstructionSet.AVX512);
    assertThat(instructions(dnnl.dnnl_cpu_isa_avx512_core_bf16))
        .isEqualTo(InstructionSet.AVX512_BF16);
    assertThat(instructions(dnnl.dnnl_cpu_isa_avx512_core_vnni))
        .isEqualTo(InstructionSet.AVX512_VNNI);
    assertThat(instructions(dnnl.dnnl_cpu_isa_avx512_core_amx))
        .isEqualTo(InstructionSet.AVX512_VNNI);
  }

  @Test
  void ourOwnLibraryFindsInTheProcessorWhatOneDnnFinds() {
    CpuFeatures ours = CpuFeatures.detect();
    CpuFeatures theirs = CpuFeatures.ofOneDnn();
    assertThat(ours.name()).isEqualTo(theirs.name());
    assertThat(ours.hasBfloat16()).isEqualTo(theirs.hasBfloat16());
    assertThat(ours.instructions()).isEqualTo(theirs.instructions());
  }

  @ParameterizedTest
  @CsvSource({
    "ONEDNN_MAX_CPU_ISA, SSE41, ",
    "ONEDNN_MAX_CPU_ISA, avx2_vnni, AVX2",
    "DNNL_MAX_CPU_ISA, AVX512_CORE, AVX512",
    "ONEDNN_MAX_CPU_ISA, AVX512_CORE_VNNI, AVX512_VNNI",
    "ONEDNN_MAX_CPU_ISA, AVX10_1_512, AVX512_BF16",
    "ONEDNN_MAX_CPU_ISA, AVX512_CORE_AMX, AVX512_VNNI",
    "ONEDNN_MAX_CPU_ISA, no such thing, AVX512_VNNI"
  })
  void aCapOfTheEnvironmentLeavesAProcessorWithAmxTheseKernels(
      String variable, String value, @Nullable InstructionSet left) {
    int cap = InstructionCap.of(Map.of(variable, value));
    assertThat(instructions(dnnl.dnnl_cpu_isa_avx512_core_amx & cap)).isEqualTo(left);
  }

  @Test
  void theBackendRunsBfloat16OnTheKernelsThatItNames() {
    CpuFeatures cpu = CpuFeatures.detect();
    assumeTrue(cpu.hasBfloat16(), "the processor has no BF16");
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 4, 6).withPrecision(Precision.BF16);
    try (Backend backend = Backends.named("cpu", 1);
        RnnPlan plan = backend.rnn().plan(spec, 3, 2, Pass.TRAINING)) {
      String says = String.valueOf(backend.describe().get("rnn"));
      boolean byOneDnn = says.matches("oneDNN;.*|.*oneDNN for BF16.*");
      assertThat(plan.describe()).startsWith(byOneDnn ? "oneDNN" : "Carousel LSTM BF16");
      assertThat(byOneDnn).isEqualTo(cpu.instructions() != InstructionSet.AVX512_BF16);
    }
  }

  private static @Nullable InstructionSet instructions(int isa) {
    return new CpuFeatures(isa).instructions();
  }
}
