package dev.carousel.model;

import dev.carousel.autograd.Ops;
import dev.carousel.tensor.Tensor;
import dev.carousel.train.StagedTask;
import java.util.List;

/**
 * Several tasks learned by one encoder (Caruana 1997): the loss is the weighted sum of the heads'
 * losses, and what the encoder learns serves all of them.
 *
 * @param <B> a batch, in host memory
 * @param <I> its tensors, for the encoder and for all heads
 * @param <X> what the encoder makes of them
 */
public abstract class MultiTask<B, I, X> implements StagedTask<B, I> {
  private final List<Weighted<I, X>> heads;

  /**
   * One task over the encoder.
   *
   * @param <I> a batch's tensors
   * @param <X> the encoded batch
   */
  @FunctionalInterface
  public interface Head<I, X> {
    /**
     * The head's loss.
     *
     * @param weight multiplies its gradient, to hand on in {@code LossOptions.withWeight}
     * @return [2], the sum and the weight of the rows
     */
    Tensor loss(Ops ops, X encoded, I inputs, double weight);
  }

  /**
   * A head and how much it counts.
   *
   * @param head the head
   * @param weight of its loss, above 0
   * @param <I> a batch's tensors
   * @param <X> the encoded batch
   */
  public record Weighted<I, X>(Head<I, X> head, double weight) {
    /** Checks the range. */
    public Weighted {
      if (!(weight > 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException("a head's weight must be above 0, not " + weight);
      }
    }
  }

  /**
   * A task.
   *
   * @param heads at least one; the loss of the first is the one that is reported
   */
  protected MultiTask(List<Weighted<I, X>> heads) {
    if (heads.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to learn without a head");
    }
    this.heads = List.copyOf(heads);
  }

  /** Encodes a batch, once for all heads. */
  protected abstract X encode(Ops ops, I inputs);

  @Override
  public final Tensor launch(Ops ops, I inputs, double weight) {
    X encoded = encode(ops, inputs);
    Weighted<I, X> first = heads.get(0);
    for (Weighted<I, X> other : heads.subList(1, heads.size())) {
      other.head().loss(ops, encoded, inputs, weight * other.weight());
    }
    return first.head().loss(ops, encoded, inputs, weight * first.weight());
  }
}
