package dev.carousel.cpu.onednn;

import dev.carousel.cpu.fused.FusedKernels.InstructionSet;

/** 512-bit vectors. */
class FusedAvx512RnnTest extends FusedRnnTest {
  FusedAvx512RnnTest() {
    super(InstructionSet.AVX512);
  }
}
