package dev.carousel.kit.run;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Tensor;

/** A plan and packed weights on a backend; any number of {@link RnnCall}s may share them. */
public final class PackedRnn implements AutoCloseable {
  private final Backend backend;
  private final DeviceTensors tensors;
  private final Tensor master;
  private final RnnWeights weights;
  private final RnnPlan plan;

  /**
   * Plans and packs.
   *
   * @throws dev.carousel.spi.UnsupportedSpecException if the backend refuses
   */
  public PackedRnn(Backend backend, RnnCase c, RnnData data, Pass pass) {
    RnnSpec spec = c.spec();
    this.backend = backend;
    plan = backend.rnn().plan(spec, c.steps(), c.batch(), pass);
    tensors = new DeviceTensors(backend.memory());
    master = tensors.of(spec.precision().storage(), data.weights(), data.weights().length);
    weights = backend.rnn().pack(spec, master);
  }

  /** The backend. */
  public Backend backend() {
    return backend;
  }

  /** The plan. */
  public RnnPlan plan() {
    return plan;
  }

  /** The packed weights. */
  public RnnWeights weights() {
    return weights;
  }

  /** The flat weights. */
  public Tensor master() {
    return master;
  }

  /** The flat weights now, read back. */
  public double[] readMaster() {
    return tensors.read(master);
  }

  /** Overwrites the flat weights; the packed ones are stale until they are refreshed. */
  public void writeMaster(double[] values) {
    tensors.write(values, master);
  }

  @Override
  public void close() {
    weights.close();
    plan.close();
    tensors.close();
  }
}
