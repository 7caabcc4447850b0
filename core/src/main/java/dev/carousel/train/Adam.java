package dev.carousel.train;

import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.OptimizerKernels;
import dev.carousel.spi.WeightDecay;
import dev.carousel.tensor.Tensor;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015).
 *
 * @param beta1 β₁, of the mean of the gradient
 * @param beta2 β₂, of the mean of its square
 * @param epsilon ε, added to the root
 * @param decay λ of L2 regularisation, added to the gradient; 0 for none
 */
public record Adam(double beta1, double beta2, double epsilon, double decay) implements UpdateRule {
  /** The paper's values: 0.9, 0.999, 1e-8, no decay. */
  public static final Adam DEFAULT = new Adam(0.9, 0.999, 1e-8, 0);

  /** Checks the ranges. */
  public Adam {
    UpdateRule.checkAdam(beta1, beta2, epsilon, decay);
  }

  @Override
  public List<String> buffers() {
    return List.of("m", "v");
  }

  @Override
  public void update(
      OptimizerKernels kernels,
      Tensor parameters,
      Tensor gradients,
      List<Tensor> buffers,
      Tensor scalars) {
    kernels.adam(operands(parameters, gradients, buffers, scalars, WeightDecay.L2));
  }

  AdamUpdate operands(
      Tensor parameters,
      Tensor gradients,
      List<Tensor> buffers,
      Tensor scalars,
      WeightDecay decayKind) {
    return new AdamUpdate(
        parameters,
        gradients,
        buffers.get(0),
        buffers.get(1),
        scalars,
        beta1,
        beta2,
        epsilon,
        decay,
        decayKind);
  }
}
