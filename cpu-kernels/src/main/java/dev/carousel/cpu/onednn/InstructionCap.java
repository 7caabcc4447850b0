package dev.carousel.cpu.onednn;

import java.util.Locale;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;

/**
 * The cap on instruction sets that oneDNN reads from the environment ({@code ONEDNN_MAX_CPU_ISA}),
 * read in the same way, since it holds for our own kernels as well.
 */
final class InstructionCap {
  private static final int NONE = -1;

  private InstructionCap() {}

  /**
   * The bits of oneDNN's codes that are left. A name that oneDNN does not know caps nothing there,
   * and neither here.
   */
  static int of(Map<String, String> environment) {
    String name = environment.getOrDefault("ONEDNN_MAX_CPU_ISA", "");
    if (name.isEmpty()) {
      name = environment.getOrDefault("DNNL_MAX_CPU_ISA", "");
    }
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "SSE41" -> dnnl.dnnl_cpu_isa_sse41;
      case "AVX" -> dnnl.dnnl_cpu_isa_avx;
      case "AVX2" -> dnnl.dnnl_cpu_isa_avx2;
      case "AVX2_VNNI" -> dnnl.dnnl_cpu_isa_avx2_vnni;
      case "AVX2_VNNI_2" -> dnnl.dnnl_cpu_isa_avx2_vnni_2;
      case "AVX512_CORE" -> dnnl.dnnl_cpu_isa_avx512_core;
      case "AVX512_CORE_VNNI" -> dnnl.dnnl_cpu_isa_avx512_core_vnni;
      case "AVX512_CORE_BF16" -> dnnl.dnnl_cpu_isa_avx512_core_bf16;
      case "AVX512_CORE_FP16", "AVX10_1_512" -> dnnl.dnnl_cpu_isa_avx512_core_fp16;
      case "AVX10_2", "AVX10_2_512" -> dnnl.dnnl_cpu_isa_avx10_2_512;
      default -> NONE; // those with AMX leave all that is asked for here
    };
  }
}
