package dev.carousel.cpu.onednn;

import dev.carousel.cpu.fused.FusedKernels;
import dev.carousel.cpu.fused.FusedKernels.InstructionSet;
import dev.carousel.spi.UnsupportedSpecException;
import org.bytedeco.dnnl.global.dnnl;
import org.jspecify.annotations.Nullable;

/**
 * What the processor can do and the environment allows.
 *
 * @param isa oneDNN's code of the widest instruction set to use
 */
record CpuFeatures(int isa) {
  /** Asks our own library where there is one, since loading oneDNN takes long; otherwise oneDNN. */
  static CpuFeatures detect() {
    return FusedKernels.refusal() == null
        ? new CpuFeatures(code() & InstructionCap.of(System.getenv()))
        : ofOneDnn();
  }

  /** As oneDNN sees it. */
  static CpuFeatures ofOneDnn() {
    OneDnnLibrary.require();
    return new CpuFeatures(dnnl.dnnl_get_effective_cpu_isa());
  }

  /** oneDNN's code of what our own library finds. */
  private static int code() {
    if (FusedKernels.hasTiles()) {
      return dnnl.dnnl_cpu_isa_avx512_core_amx;
    }
    return switch (FusedKernels.widest()) {
      case AVX2 -> dnnl.dnnl_cpu_isa_avx2;
      case AVX512 -> dnnl.dnnl_cpu_isa_avx512_core;
      case AVX512_VNNI -> dnnl.dnnl_cpu_isa_avx512_core_vnni;
      case AVX512_BF16 -> dnnl.dnnl_cpu_isa_avx512_core_bf16;
    };
  }

  /** Whether bfloat16 products are instructions. */
  boolean hasBfloat16() {
    return has(dnnl.dnnl_cpu_isa_avx512_core_bf16);
  }

  /**
   * What our own kernels may use: oneDNN's cap holds for them as well. Null if that is too little.
   * They leave bfloat16 to oneDNN where it has AMX, whose instructions they do not use.
   */
  @Nullable InstructionSet instructions() {
    if (hasBfloat16() && !hasTiles()) {
      return InstructionSet.AVX512_BF16;
    }
    if (has(dnnl.dnnl_cpu_isa_avx512_core_vnni)) {
      return InstructionSet.AVX512_VNNI;
    }
    if (has(dnnl.dnnl_cpu_isa_avx512_core)) {
      return InstructionSet.AVX512;
    }
    return has(dnnl.dnnl_cpu_isa_avx2) ? InstructionSet.AVX2 : null;
  }

  /** Whether it has AMX. */
  private boolean hasTiles() {
    return has(dnnl.dnnl_cpu_isa_avx512_core_amx);
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
    if (hasTiles()) {
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
