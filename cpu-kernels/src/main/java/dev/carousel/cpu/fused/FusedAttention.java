package dev.carousel.cpu.fused;

import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Attention in F32, by either score.
 *
 * @param engine the threads and the instruction set
 */
record FusedAttention(long engine) {
  /**
   * @param energy null for dot products
   */
  void forward(AttentionForward io, AttentionSizes sizes, @Nullable Tensor energy) {
    NativeSequences.attentionForward(
        engine,
        sizes.queries(),
        sizes.steps(),
        sizes.batch(),
        sizes.keySize(),
        sizes.valueSize(),
        io.scale(),
        HostLengths.of(io.keys()),
        HostLengths.at(io.keys()),
        Floats.of(io.q()),
        io.q().heapOffset(),
        Floats.of(io.k()),
        io.k().heapOffset(),
        Floats.of(io.v()),
        io.v().heapOffset(),
        Floats.ofNullable(energy),
        Floats.at(energy),
        Floats.of(io.weights()),
        io.weights().heapOffset(),
        Floats.of(io.out()),
        io.out().heapOffset());
  }

  /**
   * @param energy null for dot products
   * @param dEnergy added to; null if it is not wanted
   */
  void backward(
      AttentionBackward io,
      AttentionSizes sizes,
      @Nullable Tensor energy,
      @Nullable Tensor dEnergy) {
    AttentionForward f = io.forward();
    NativeSequences.attentionBackward(
        engine,
        sizes.queries(),
        sizes.steps(),
        sizes.batch(),
        sizes.keySize(),
        sizes.valueSize(),
        f.scale(),
        HostLengths.of(f.keys()),
        HostLengths.at(f.keys()),
        Floats.of(f.q()),
        f.q().heapOffset(),
        Floats.of(f.k()),
        f.k().heapOffset(),
        Floats.of(f.v()),
        f.v().heapOffset(),
        Floats.ofNullable(energy),
        Floats.at(energy),
        Floats.of(f.weights()),
        f.weights().heapOffset(),
        Floats.of(io.dOut()),
        io.dOut().heapOffset(),
        Floats.of(io.dq()),
        io.dq().heapOffset(),
        Floats.of(io.dk()),
        io.dk().heapOffset(),
        Floats.of(io.dv()),
        io.dv().heapOffset(),
        Floats.ofNullable(dEnergy),
        Floats.at(dEnergy));
  }
}
