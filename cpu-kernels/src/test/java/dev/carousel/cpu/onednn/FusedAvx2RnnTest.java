package dev.carousel.cpu.onednn;

import dev.carousel.cpu.fused.FusedKernels.InstructionSet;

/** 256-bit vectors. */
class FusedAvx2RnnTest extends FusedRnnTest {
  FusedAvx2RnnTest() {
    super(InstructionSet.AVX2);
  }
}
