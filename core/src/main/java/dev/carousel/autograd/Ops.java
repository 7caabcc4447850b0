package dev.carousel.autograd;

import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.spi.Activation;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Penalty;
import dev.carousel.spi.Pooling;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model's code is written in, knowing neither the device nor the mode: a {@link Tape} keeps
 * what backward needs, an {@link Eval} does not, and there dropout does nothing. Not thread-safe:
 * one instance a thread. Letters: T steps, N rows, C features, V words.
 */
public sealed interface Ops permits Forward {
  /** The backend that computes. */
  Backend backend();

  /** Memory for this step; its contents are undefined. */
  Tensor take(DType type, int... dims);

  /**
   * Shows what this step computes to somebody who wants to look inside, until the next one begins.
   * Before anything is computed.
   *
   * @param observer null for nobody any more
   */
  void observe(@Nullable Observer observer);

  /**
   * Shows an observer, if there is one, what a layer looks at.
   *
   * @param layer its name, as its parameters begin
   * @param head from 0, of a layer that has several
   * @param weights [Q, N, T]
   */
  void show(String layer, int head, Tensor weights, Lengths keys);

  /** Shows an observer, if there is one, what an unrolled layer did. */
  void show(Observer.Stepped run);

  /**
   * What a network reads. If somebody looks, it has a gradient even where nothing below it is
   * trained.
   */
  Var readable(Var x);

  /** A value without a gradient. */
  Var constant(Tensor value);

  /** A value whose gradient the caller reads after backward: saliency, adversarial training. */
  Var input(Tensor value);

  /** A parameter as a value; its gradient is added to the parameter's. */
  Var parameter(Parameter p);

  /** Rows of a table, {@code ids} I32 [...] to [..., C]; a negative id gives zeros. */
  Var embed(Tensor ids, Parameter table);

  /** The same from a table that is not trained, say pretrained vectors: it gets no gradient. */
  Var lookup(Tensor ids, Parameter table);

  /** A recurrent network over x [T, N, C] from a zero state: y [T, N, D·stateSize]. */
  Var recur(Var x, Lengths lengths, RnnParameter weights);

  /**
   * The same with the state before the first step and the state after each row's last.
   *
   * @param initial null for zeros
   */
  Recurrence recurWithState(
      Var x, Lengths lengths, RnnParameter weights, @Nullable StateVar initial);

  /**
   * The same with entries of the hidden-to-hidden matrices dropped (DropConnect, Merity et al.
   * 2018). All uses of the same weights within a step share one mask.
   *
   * @param rate 0 to below 1; kept entries are divided by 1 − rate
   * @throws IllegalArgumentException if the step has used these weights at another rate
   */
  Recurrence recurDropped(
      Var x, Lengths lengths, RnnParameter weights, @Nullable StateVar initial, double rate);

  /** {@code x Wᵀ + b}, [..., I] to [..., O]. */
  Var linear(Var x, LinearParameter weights);

  /**
   * Each row of x [..., C] brought to mean 0 and variance 1, then scaled and shifted (Ba et al.
   * 2016), with ε = 1e-5 as PyTorch has it.
   *
   * @param gain [C]
   * @param shift [C]
   */
  Var layerNorm(Var x, Parameter gain, Parameter shift);

  /** {@code a + b}. */
  Var add(Var a, Var b);

  /** {@code a ⊙ b}. */
  Var multiply(Var a, Var b);

  /** {@code factor · x}. */
  Var scale(Var x, double factor);

  /** {@code f(x)}. */
  Var activate(Activation f, Var x);

  /** The same elements under another shape. */
  Var reshape(Var x, int... dims);

  /** Joined along the last axis. */
  Var concat(Var... parts);

  /** Taken apart along the last axis into parts of these sizes. */
  List<Var> split(Var whole, int... sizes);

  /** x [T, N, C] as T values of one step each, [1, N, C]; copies nothing. */
  List<Var> steps(Var x);

  /** The reverse: values [A, N, C], [B, N, C] … one behind the other, [A + B + …, N, C]. */
  Var stack(List<Var> parts);

  /** Each unit dropped with probability {@code rate}, the rest scaled by 1 / (1 − rate). */
  Var dropout(Var x, double rate);

  /** The same units dropped at every step of x [T, N, C] (Gal and Ghahramani 2016). */
  Var lockedDropout(Var x, double rate);

  /** Whole rows of x [..., C] dropped by their id. */
  Var dropRows(Tensor ids, Var x, double rate);

  /**
   * Adds {@code weight · mean(x²)} to what is minimised: activation regularisation (AR, Merity et
   * al. 2017, arXiv 1708.01009, section 4.1). Only its gradient is computed; the losses that are
   * reported do not contain it. The mean is over all elements.
   */
  void penalizeSize(Var x, double weight);

  /**
   * Adds {@code weight · mean((x_{t+1} − x_t)²)} to what is minimised: temporal activation
   * regularisation (TAR, the same, section 4.2). Likewise; one step alone has no change.
   *
   * @param x [T, N, C]
   */
  void penalizeChange(Var x, double weight);

  /** [T, N, C] to [N, C]; the direction matters to {@link Pooling#LAST}. */
  Var pool(Pooling pooling, Direction direction, Var x, Lengths lengths);

  /** {@code softmax(scale · q kᵀ) v}: q [Q, N, K], k [T, N, K], v [T, N, C] to [Q, N, C]. */
  Attended attend(Var q, Var k, Var v, Lengths keys, double scale);

  /**
   * The same with the score Σ_j energy_j tanh(q_ij + k_tj) (Bahdanau et al. 2015).
   *
   * @param energy [K]
   */
  Attended attendAdditively(Var q, Var k, Var v, Lengths keys, Parameter energy);

  /**
   * Softmax cross entropy of logits [..., C]. The result is [2], sum and weight of the rows; its
   * gradient, times the options' weight, is what {@link Tape#backward} starts from.
   */
  Tensor softmaxLoss(Var logits, Tensor gold, LossOptions options);

  /** Logistic loss of logits [..., C] against targets F32 of the same shape; likewise. */
  Tensor sigmoidLoss(Var logits, Tensor targets, LossOptions options);

  /**
   * A loss of real-valued predictions of any shape against targets F32 of the same shape, NaN where
   * there is nothing to predict; likewise.
   *
   * @param weight multiplies the gradient: this loss among several, or 1 / accumulated batches
   */
  Tensor regressionLoss(Var predictions, Tensor targets, Penalty penalty, double weight);

  /** A CRF's negative log-likelihood of labels I32 [T, N] under emissions [T, N, K]; likewise. */
  Tensor crfLoss(
      Var emissions, Parameter transitions, Tensor gold, Lengths lengths, LossOptions options);
}
