package dev.carousel.cpu.fused;

import dev.carousel.spi.AdditiveAttentionKernels;
import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Additive attention of F32 tensors.
 *
 * @param own runs it
 * @param others for tensors of another type
 */
record FusedAdditiveAttentionKernels(FusedAttention own, AdditiveAttentionKernels others)
    implements AdditiveAttentionKernels {
  @Override
  public void forward(AttentionForward io, Tensor energy) {
    if (io.q().type() != DType.F32) {
      others.forward(io, energy);
      return;
    }
    AttentionSizes sizes = AttentionSizes.of(io);
    energy.require("energy", DType.F32, sizes.keySize());
    Overlap.requireNone("energy", energy, "out", io.out());
    own.forward(io, sizes, energy);
  }

  @Override
  public void backward(AttentionBackward io, Tensor energy, @Nullable Tensor dEnergy) {
    if (io.forward().q().type() != DType.F32) {
      others.backward(io, energy, dEnergy);
      return;
    }
    AttentionSizes sizes = AttentionSizes.of(io);
    energy.require("energy", DType.F32, sizes.keySize());
    if (dEnergy != null) {
      dEnergy.require("dEnergy", DType.F32, sizes.keySize());
    }
    own.backward(io, sizes, energy, dEnergy);
  }
}
