package dev.carousel.bench;

import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.Sequences;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Arena;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One network with weights, one full batch of inputs and everything a call needs. */
final class RnnCase implements AutoCloseable {
  private final Backend backend;
  private final Arena arena;
  private final RnnWeights weights;
  private final RnnPlan plan;
  private final RnnForward forward;
  private final RnnBackward backward;
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Storage> owned = new ArrayList<>();

  RnnCase(Backend backend, RnnSpec spec, int steps, int batch, Pass pass) {
    this.backend = backend;
    this.arena = backend.memory().arena(1L << 32);
    Tensor flat = uniform((int) WeightLayout.of(spec).size(), 1 / Math.sqrt(spec.hiddenSize()));
    this.weights = backend.rnn().pack(spec, flat);
    this.plan = backend.rnn().plan(spec, steps, batch, pass);
    Shape in = spec.inputShape(steps, batch);
    Shape out = spec.outputShape(steps, batch);
    Tensor x = uniform((int) in.size(), 1).as(in.dims());
    this.forward =
        new RnnForward(
            new Sequences(x, Lengths.full(steps, batch)),
            null,
            weights,
            arena.take(DType.F32, out),
            null,
            scratch(plan.reserveBytes()),
            scratch(plan.workBytes()));
    this.backward =
        new RnnBackward(
            forward,
            uniform((int) out.size(), 1).as(out.dims()),
            null,
            arena.take(DType.F32, in),
            null,
            uniform((int) flat.size(), 0));
  }

  private Tensor scratch(long bytes) {
    return arena.take(DType.BYTE, Shape.of(Math.toIntExact(bytes)));
  }

  private Tensor uniform(int size, double bound) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    Storage storage = backend.memory().allocate(DType.F32, size);
    owned.add(storage);
    Tensor t = Tensor.of(storage);
    backend.memory().upload(values, 0, t);
    return t;
  }

  /** One forward call, finished. */
  Tensor forward() {
    plan.forward(forward);
    backend.memory().await();
    return forward.y();
  }

  /**
   * One training step: weights packed anew as after an update, forward, all gradients; finished.
   */
  Tensor train() {
    weights.refresh();
    plan.forward(forward);
    plan.backward(backward);
    backend.memory().await();
    return forward.y();
  }

  @Override
  public void close() {
    plan.close();
    weights.close();
    arena.close();
    owned.forEach(Storage::close);
    backend.close();
  }
}
