package dev.carousel.cpu.onednn;

import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnKernels;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.spi.UnsupportedSpecException;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recurrent layers on oneDNN's fused primitives. */
final class OneDnnRnnKernels implements RnnKernels, AutoCloseable {
  /** Floating-point operations of a direction below which handing it over costs too much. */
  private static final double WORTH_SHARING = 4e6;

  private final Engine engine;
  private final @Nullable Engine half;
  private final CpuFeatures cpu;
  private final Map<RnnSpec, WeightForms> forms = new HashMap<>();

  OneDnnRnnKernels(Engine engine, CpuFeatures cpu) {
    this.engine = engine;
    this.cpu = cpu;
    ThreadCount fewer = engine.threads().half();
    this.half = fewer == null ? null : new Engine(fewer);
  }

  @Override
  public RnnWeights pack(RnnSpec spec, Tensor weights) {
    requireSupported(spec);
    return new PackedRnnWeights(engine, spec, weights, forms(spec));
  }

  @Override
  public RnnPlan plan(RnnSpec spec, int steps, int batch, Pass pass) {
    if (steps < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "steps and batch must be at least 1, not %d and %d".formatted(steps, batch));
    }
    requireSupported(spec);
    Engine lane = half != null && sharesWork(spec, steps, batch) ? half : engine;
    lane.enter();
    List<LayerKernels> layers = new ArrayList<>();
    try {
      for (int l = 0; l < spec.layers(); l++) {
        layers.add(l > 1 ? layers.get(1) : layer(lane, spec, l, steps, batch, pass));
      }
      Turns turns = lane == engine ? Turns.ONE_BY_ONE : Turns.TOGETHER;
      return new OneDnnRnnPlan(turns, lane, spec, steps, batch, pass, List.copyOf(layers));
    } catch (UnimplementedKernelException e) {
      layers.forEach(LayerKernels::close);
      throw new UnsupportedSpecException(
          e.getMessage() + " for " + spec + "; the reference backend can run it");
    }
  }

  /**
   * Whether the two directions run at once on half the threads each: a step's product is so small
   * that one thread computes it at a higher rate than two do.
   */
  private static boolean sharesWork(RnnSpec spec, int steps, int batch) {
    double perStep = 2.0 * spec.gateRows() * (spec.layerInput(0) + spec.stateSize());
    return spec.direction() == Direction.BIDIRECTIONAL && perStep * steps * batch > WORTH_SHARING;
  }

  private LayerKernels layer(Engine lane, RnnSpec spec, int l, int steps, int batch, Pass pass) {
    LayerShape shape = LayerShape.of(spec, l);
    return new LayerKernels(lane, shape, l > 0, steps, batch, pass, forms(spec));
  }

  private WeightForms forms(RnnSpec spec) {
    synchronized (forms) {
      return forms.computeIfAbsent(spec, s -> new WeightForms());
    }
  }

  private void requireSupported(RnnSpec spec) {
    if (spec.precision() == Precision.BF16) {
      cpu.requireBfloat16();
      if (spec.projectionSize() > 0) { // its backward kernel fails when it runs
        throw new UnsupportedSpecException(
            "oneDNN has no LSTM with a projection in BF16: " + spec + "; use F32");
      }
    } else if (spec.precision() != Precision.F32) {
      throw new UnsupportedSpecException(
          "the cpu backend computes this in F32 or BF16, not " + spec.precision());
    }
  }

  @Override
  public void close() {
    synchronized (forms) {
      forms.values().forEach(WeightForms::close);
      forms.clear();
    }
    if (half != null) {
      half.close();
    }
  }
}
