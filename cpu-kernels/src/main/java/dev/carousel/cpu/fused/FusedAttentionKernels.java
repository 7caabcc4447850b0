package dev.carousel.cpu.fused;

import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.spi.AttentionKernels;
import dev.carousel.tensor.DType;

/**
 * Dot-product attention of F32 tensors.
 *
 * @param own runs it
 * @param others for tensors of another type
 */
record FusedAttentionKernels(FusedAttention own, AttentionKernels others)
    implements AttentionKernels {
  @Override
  public void forward(AttentionForward io) {
    if (io.q().type() != DType.F32) {
      others.forward(io);
      return;
    }
    own.forward(io, AttentionSizes.of(io), null);
  }

  @Override
  public void backward(AttentionBackward io) {
    if (io.forward().q().type() != DType.F32) {
      others.backward(io);
      return;
    }
    own.backward(io, AttentionSizes.of(io), null, null);
  }
}
