package dev.carousel.cuda;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnKernels;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Tensor;

/**
 * Recurrent networks by cuDNN.
 *
 * @param most steps that cuDNN is given at once, at most {@link Chunks#LIMIT}
 */
record CudaRnn(Gpu gpu, CudaMemory memory, Support support, Tuner tuner, int most)
    implements RnnKernels {
  @Override
  public RnnWeights pack(RnnSpec spec, Tensor weights) {
    support.require(spec);
    return new CudaRnnWeights(gpu, memory, spec, weights);
  }

  @Override
  public RnnPlan plan(RnnSpec spec, int steps, int batch, Pass pass) {
    support.require(spec);
    if (steps < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "steps and batch must be at least 1, not %d and %d".formatted(steps, batch));
    }
    return new CudaRnnPlan(gpu, memory, new RunShape(spec, steps, batch, pass), most, tuner);
  }

  /** The weights of a call. */
  static CudaRnnWeights weights(RnnForward io) {
    if (io.weights() instanceof CudaRnnWeights mine) {
      return mine;
    }
    throw new IllegalArgumentException(
        "weights packed by another backend: " + io.weights().getClass().getSimpleName());
  }
}
