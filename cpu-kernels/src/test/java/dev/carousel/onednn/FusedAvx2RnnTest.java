package dev.carousel.onednn;

import dev.carousel.fused.FusedKernels.InstructionSet;

/** 256-bit vectors. */
class FusedAvx2RnnTest extends FusedRnnTest {
  FusedAvx2RnnTest() {
    super(InstructionSet.AVX2);
  }
}
