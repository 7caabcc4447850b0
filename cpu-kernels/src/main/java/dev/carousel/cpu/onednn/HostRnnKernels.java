package dev.carousel.cpu.onednn;

import dev.carousel.cpu.fused.FusedKernels;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnKernels;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Tensor;

/** Our own kernels for the networks that they run, oneDNN's for the others. */
final class HostRnnKernels implements RnnKernels {
  private final FusedKernels fused;
  private final OneDnn oneDnn;

  HostRnnKernels(FusedKernels fused, OneDnn oneDnn) {
    this.fused = fused;
    this.oneDnn = oneDnn;
  }

  @Override
  public RnnWeights pack(RnnSpec spec, Tensor weights) {
    return of(spec).pack(spec, weights);
  }

  @Override
  public RnnPlan plan(RnnSpec spec, int steps, int batch, Pass pass) {
    return of(spec).plan(spec, steps, batch, pass);
  }

  private RnnKernels of(RnnSpec spec) {
    return fused.runs(spec) ? fused.rnn() : oneDnn.rnn();
  }
}
