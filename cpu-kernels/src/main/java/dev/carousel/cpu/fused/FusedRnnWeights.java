package dev.carousel.cpu.fused;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.BackendException;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/** A network's weights in panels, in native memory. */
final class FusedRnnWeights implements RnnWeights {
  private final FusedRnnKernels kernels;
  private final RnnSpec spec;
  private final Tensor master;
  private long handle;

  /**
   * What was packed for inference before it was known that there is training; 0 if there is none.
   */
  private long retired;

  FusedRnnWeights(FusedRnnKernels kernels, RnnSpec spec, Tensor master, boolean backward) {
    this.kernels = kernels;
    this.spec = spec;
    this.master = master;
    master.require("weights", DType.F32, Math.toIntExact(WeightLayout.of(spec).size()));
    handle = allocate(backward);
    refresh();
  }

  private long allocate(boolean backward) {
    long made =
        Native.newRnnWeights(
            kernels.handle(spec),
            FusedRnnPlan.cell(spec),
            spec.inputSize(),
            spec.hiddenSize(),
            spec.layers(),
            spec.direction().count(),
            backward);
    if (made == 0) {
      throw new BackendException("the system has no native memory left for the weights of " + spec);
    }
    return made;
  }

  /** Packs what backward reads, too. Calls under way may be reading the old form, so it is kept. */
  synchronized void packForTraining() {
    retired = handle();
    handle = allocate(true);
    refresh();
  }

  /**
   * The weights of a call.
   *
   * @throws IllegalArgumentException if another backend packed them
   */
  static FusedRnnWeights of(RnnWeights weights) {
    if (weights instanceof FusedRnnWeights w) {
      return w;
    }
    throw new IllegalArgumentException(
        "the weights were packed by another backend: " + weights.getClass().getSimpleName());
  }

  synchronized long handle() {
    if (handle == 0) {
      throw new IllegalStateException("the weights have been closed");
    }
    return handle;
  }

  @Override
  public RnnSpec spec() {
    return spec;
  }

  @Override
  public Tensor master() {
    return master;
  }

  @Override
  public synchronized void refresh() {
    Native.packRnn(kernels.handle(spec), handle(), master.heap().floats(), master.heapOffset());
  }

  @Override
  public synchronized void close() {
    if (handle != 0) {
      kernels.closed(this);
      Native.freeRnnWeights(kernels.handle(spec), handle);
      handle = 0;
      if (retired != 0) {
        Native.freeRnnWeights(kernels.handle(spec), retired);
        retired = 0;
      }
    }
  }
}
