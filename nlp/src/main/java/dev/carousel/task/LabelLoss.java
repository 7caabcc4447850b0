package dev.carousel.task;

import dev.carousel.autograd.LossOptions;
import dev.carousel.spi.Backend;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A loss of labels where the kernels run. It owns the labels' weights; the creator closes it. */
public final class LabelLoss implements AutoCloseable {
  private final LossSettings settings;
  private final float @Nullable [] weights;
  private final @Nullable Storage uploaded;

  /**
   * A loss.
   *
   * @param weights of C labels, as {@link ClassWeighting#weights} gives them; null for ones
   */
  public LabelLoss(Backend backend, LossSettings settings, float @Nullable [] weights) {
    this.settings = settings;
    this.weights = weights == null ? null : weights.clone();
    this.uploaded = weights == null ? null : upload(backend, weights);
  }

  private static Storage upload(Backend backend, float[] weights) {
    Storage storage = backend.memory().allocate(DType.F32, weights.length);
    backend.memory().upload(weights, 0, Tensor.of(storage));
    return storage;
  }

  /**
   * What a kernel is to do.
   *
   * @param scale multiplies the gradient
   */
  public LossOptions options(double scale) {
    Tensor all = uploaded == null ? null : Tensor.of(uploaded);
    return new LossOptions(all, settings.smoothing(), settings.focus(), scale);
  }

  /** How much an example of this label counts in a mean. */
  public double weight(int label) {
    return weights == null ? 1 : weights[label];
  }

  @Override
  public void close() {
    if (uploaded != null) {
      uploaded.close();
    }
  }
}
