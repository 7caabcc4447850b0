package dev.carousel.reference;

import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnKernels;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.spi.UnsupportedSpecException;
import dev.carousel.tensor.Tensor;

/** Recurrent layers: every cell, every shape; F64 and F32. */
record ReferenceRnn(Workers workers, Gemm gemm) implements RnnKernels {
  @Override
  public RnnWeights pack(RnnSpec spec, Tensor weights) {
    requirePrecision(spec.precision());
    WeightLayout layout = WeightLayout.of(spec);
    weights.require("weights", spec.precision().storage(), Math.toIntExact(layout.size()));
    return new PackedRnnWeights(spec, weights, layout, CellMath.of(spec, gemm));
  }

  @Override
  public RnnPlan plan(RnnSpec spec, int steps, int batch, Pass pass) {
    requirePrecision(spec.precision());
    return new ReferencePlan(this, spec, steps, batch, pass);
  }

  /** Java has only float and double; anything narrower belongs to a device. */
  static void requirePrecision(Precision precision) {
    if (precision != Precision.F32 && precision != Precision.F64) {
      throw new UnsupportedSpecException(
          "the reference backend computes in F64 and F32, not in "
              + precision
              + "; a CUDA device may have it: see the backend report");
    }
  }
}
