package dev.carousel.onednn;

import dev.carousel.spi.UnsupportedSpecException;
import org.bytedeco.dnnl.global.dnnl;

/**
 * What the processor can do, as oneDNN sees it.
 *
 * @param isa oneDNN's code of the widest instruction set it will use
 */
record CpuFeatures(int isa) {
  static CpuFeatures detect() {
    return new CpuFeatures(dnnl.dnnl_get_effective_cpu_isa());
  }

  /** Whether bfloat16 products are instructions. */
  boolean hasBfloat16() {
    return has(dnnl.dnnl_cpu_isa_avx512_core_bf16);
  }

  private boolean has(int code) {
    return (isa & code) == code;
  }

  /**
   * Passes where bfloat16 products are instructions rather than emulated (rule R9).
   *
   * @throws UnsupportedSpecException naming what the processor has
   */
  void requireBfloat16() {
    if (!hasBfloat16()) {
      throw new UnsupportedSpecException(
          "BF16 needs a processor with AVX512_BF16 or AMX, and this one has "
              + name()
              + "; use F32");
    }
  }

  /** The widest instruction set, for reports. */
  String name() {
    if (has(dnnl.dnnl_cpu_isa_avx512_core_amx)) {
      return "AVX-512 with AMX";
    }
    if (hasBfloat16()) {
      return "AVX-512 with BF16";
    }
    if (has(dnnl.dnnl_cpu_isa_avx512_core)) {
      return "AVX-512";
    }
    return has(dnnl.dnnl_cpu_isa_avx2) ? "AVX2" : "instruction set " + isa;
  }
}
