package dev.carousel.cuda;

import dev.carousel.spi.LayerNormBackward;
import dev.carousel.spi.LayerNormForward;
import dev.carousel.spi.NormalizationKernels;

/** Layer normalisation on the device, a block a row. */
record CudaNormalization(Gpu gpu) implements NormalizationKernels {
  @Override
  public void forward(LayerNormForward io) {
    Operands.floats("x", io.x());
    io.requireFits();
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.LAYER_NORM)
          .at(io.x())
          .at(io.gain())
          .at(io.shift())
          .twice(io.epsilon())
          .at(io.y())
          .at(io.statistics())
          .size(io.rows())
          .size(io.features())
          .blocks(io.rows());
    }
  }

  @Override
  public void backward(LayerNormBackward io) {
    LayerNormForward f = io.forward();
    Operands.floats("x", f.x());
    io.requireFits();
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.LAYER_NORM_BACKWARD)
          .at(f.x())
          .at(f.gain())
          .at(f.statistics())
          .at(io.dy())
          .at(io.dx())
          .size(f.rows())
          .size(f.features())
          .blocks(f.rows());
      if (io.dGain() != null || io.dShift() != null) {
        turn.kernel(Kernel.LAYER_NORM_GAIN)
            .at(f.x())
            .at(f.statistics())
            .at(io.dy())
            .at(io.dGain())
            .at(io.dShift())
            .size(f.rows())
            .size(f.features())
            .each(f.features());
      }
    }
  }
}
