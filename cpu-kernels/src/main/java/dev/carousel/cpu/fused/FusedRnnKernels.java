package dev.carousel.cpu.fused;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnKernels;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.spi.UnsupportedSpecException;
import dev.carousel.tensor.Tensor;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Recurrent layers on Carousel's own kernels. */
final class FusedRnnKernels implements RnnKernels, AutoCloseable {
  /** For each precision, what {@link Native#openRnn} gave. */
  private final Map<Precision, Long> handles = new EnumMap<>(Precision.class);

  private final int threads;

  /** Networks that are trained: their weights are packed for the way back as well. */
  private final Set<RnnSpec> trained = new HashSet<>();

  private final Set<FusedRnnWeights> open = new HashSet<>();

  FusedRnnKernels(long engine, Set<Precision> precisions, int threads) {
    this.threads = threads;
    for (Precision p : precisions) {
      handles.put(p, Native.openRnn(engine, code(p)));
    }
  }

  private static int code(Precision precision) {
    return switch (precision) {
      case F32 -> 0;
      case BF16 -> 1;
      case INT8 -> 2;
      case F64, TF32, F16 -> throw new IllegalArgumentException("no kernels for " + precision);
    };
  }

  Set<Precision> precisions() {
    return Set.copyOf(handles.keySet());
  }

  boolean runs(RnnSpec spec) {
    return handles.containsKey(spec.precision())
        && spec.projectionSize() == 0
        && spec.cell() != Cell.GRU_RESET_BEFORE
        && (spec.precision() != Precision.INT8 || widest(spec) <= Int8.MOST_INPUTS);
  }

  private static int widest(RnnSpec spec) {
    int above = spec.layers() == 1 ? 0 : spec.layerInput(1);
    return Math.max(spec.hiddenSize(), Math.max(spec.inputSize(), above));
  }

  @Override
  public RnnWeights pack(RnnSpec spec, Tensor weights) {
    requireSupported(spec);
    synchronized (open) {
      FusedRnnWeights w = new FusedRnnWeights(this, spec, weights, trained.contains(spec));
      open.add(w);
      return w;
    }
  }

  @Override
  public RnnPlan plan(RnnSpec spec, int steps, int batch, Pass pass) {
    if (steps < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "steps and batch must be at least 1, not %d and %d".formatted(steps, batch));
    }
    requireSupported(spec);
    if (pass == Pass.TRAINING) {
      Int8.requireInference(spec.precision());
      packForTraining(spec);
    }
    return new FusedRnnPlan(handle(spec), spec, steps, batch, pass, threadsFor(spec, batch));
  }

  /** Weights packed before it was known that they are trained get what backward reads (rule R6). */
  private void packForTraining(RnnSpec spec) {
    synchronized (open) {
      if (trained.add(spec)) {
        open.stream().filter(w -> w.spec().equals(spec)).forEach(FusedRnnWeights::packForTraining);
      }
    }
  }

  /** Floating-point operations of a step that pay for the threads' meeting after it. */
  private static final double WORTH_SHARING = 4e5;

  private int threadsFor(RnnSpec spec, int batch) {
    double step = 2.0 * batch * spec.gateRows() * (spec.layerInput(0) + spec.hiddenSize());
    return step * spec.direction().count() < WORTH_SHARING ? 1 : threads;
  }

  private void requireSupported(RnnSpec spec) {
    if (!runs(spec)) {
      throw new UnsupportedSpecException("Carousel's own CPU kernels do not run " + spec);
    }
  }

  /** The native kernels of a network's precision. */
  long handle(RnnSpec spec) {
    return Objects.requireNonNull(handles.get(spec.precision()));
  }

  void closed(FusedRnnWeights weights) {
    synchronized (open) {
      open.remove(weights);
    }
  }

  @Override
  public void close() {
    handles.values().forEach(Native::closeRnn);
  }
}
