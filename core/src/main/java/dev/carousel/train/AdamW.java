package dev.carousel.train;

import dev.carousel.spi.OptimizerKernels;
import dev.carousel.spi.WeightDecay;
import dev.carousel.tensor.Tensor;
import java.util.List;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019).
 *
 * @param beta1 β₁, of the mean of the gradient
 * @param beta2 β₂, of the mean of its square
 * @param epsilon ε, added to the root
 * @param decay λ, taken from the parameter directly, times the learning rate
 */
public record AdamW(double beta1, double beta2, double epsilon, double decay)
    implements UpdateRule {
  /** PyTorch's values: 0.9, 0.999, 1e-8, 0.01. */
  public static final AdamW DEFAULT = new AdamW(0.9, 0.999, 1e-8, 0.01);

  /** Checks the ranges. */
  public AdamW {
    UpdateRule.checkAdam(beta1, beta2, epsilon, decay);
  }

  @Override
  public List<String> buffers() {
    return adam().buffers();
  }

  @Override
  public void update(
      OptimizerKernels kernels,
      Tensor parameters,
      Tensor gradients,
      List<Tensor> buffers,
      Tensor scalars) {
    kernels.adam(adam().operands(parameters, gradients, buffers, scalars, WeightDecay.DECOUPLED));
  }

  /** The rule that differs in the place of the decay alone. */
  private Adam adam() {
    return new Adam(beta1, beta2, epsilon, decay);
  }
}
