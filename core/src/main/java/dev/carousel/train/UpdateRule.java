package dev.carousel.train;

import dev.carousel.spi.OptimizerKernels;
import dev.carousel.tensor.Tensor;
import java.util.List;

/**
 * How parameters follow their gradients. A value: what a rule remembers between steps is held by an
 * {@link Optimizer}.
 */
public sealed interface UpdateRule permits Adam, AdamW, AveragedSgd, Sgd {
  /** The flat buffers that the rule keeps, each as large as the parameters, by name. */
  List<String> buffers();

  /**
   * Changes the parameters.
   *
   * @param parameters all, flat; updated
   * @param gradients of the same shape, before clipping
   * @param buffers those of {@link #buffers}, in that order; updated
   * @param scalars see {@link dev.carousel.spi.OptimizerScalars}
   */
  void update(
      OptimizerKernels kernels,
      Tensor parameters,
      Tensor gradients,
      List<Tensor> buffers,
      Tensor scalars);

  /** Checks that {@code value} is in [0, 1), as factors of running means must be. */
  private static double fraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be 0 to below 1, not " + value);
    }
    return value;
  }

  /** Refuses a β that is no factor of a running mean, or a useless ε or λ. */
  static void checkAdam(double beta1, double beta2, double epsilon, double decay) {
    fraction("beta1", beta1);
    fraction("beta2", beta2);
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("epsilon must be above 0, not " + epsilon);
    }
    checkDecay(decay);
  }

  /** Refuses a negative or infinite λ. */
  static void checkDecay(double decay) {
    if (!(decay >= 0 && decay < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("weight decay must be 0 or more, not " + decay);
    }
  }

  /** Refuses a momentum outside [0, 1). */
  static void checkMomentum(double momentum) {
    fraction("momentum", momentum);
  }
}
