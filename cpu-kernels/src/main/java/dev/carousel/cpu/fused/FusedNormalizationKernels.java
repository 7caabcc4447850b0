package dev.carousel.cpu.fused;

import dev.carousel.spi.LayerNormBackward;
import dev.carousel.spi.LayerNormForward;
import dev.carousel.spi.NormalizationKernels;
import dev.carousel.tensor.DType;

/**
 * Layer normalisation of F32 tensors.
 *
 * @param engine the threads and the instruction set
 * @param others for tensors of another type
 */
record FusedNormalizationKernels(long engine, NormalizationKernels others)
    implements NormalizationKernels {
  @Override
  public void forward(LayerNormForward io) {
    if (io.x().type() != DType.F32) {
      others.forward(io);
      return;
    }
    io.requireFits();
    NativeElements.layerNorm(
        engine,
        io.rows(),
        io.features(),
        io.epsilon(),
        Floats.of(io.x()),
        io.x().heapOffset(),
        Floats.of(io.gain()),
        io.gain().heapOffset(),
        Floats.of(io.shift()),
        io.shift().heapOffset(),
        Floats.of(io.y()),
        io.y().heapOffset(),
        Floats.of(io.statistics()),
        io.statistics().heapOffset());
  }

  @Override
  public void backward(LayerNormBackward io) {
    LayerNormForward forward = io.forward();
    if (forward.x().type() != DType.F32) {
      others.backward(io);
      return;
    }
    io.requireFits();
    NativeElements.layerNormBackward(
        engine,
        forward.rows(),
        forward.features(),
        Floats.of(forward.x()),
        forward.x().heapOffset(),
        Floats.of(forward.gain()),
        forward.gain().heapOffset(),
        Floats.of(forward.statistics()),
        forward.statistics().heapOffset(),
        Floats.of(io.dy()),
        io.dy().heapOffset(),
        Floats.of(io.dx()),
        io.dx().heapOffset(),
        Floats.ofNullable(io.dGain()),
        Floats.at(io.dGain()),
        Floats.ofNullable(io.dShift()),
        Floats.at(io.dShift()));
  }
}
