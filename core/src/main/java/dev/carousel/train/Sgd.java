package dev.carousel.train;

import dev.carousel.spi.OptimizerKernels;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gradient descent.
 *
 * @param momentum μ, 0 for none
 * @param kind which momentum; classical if there is none
 * @param decay λ of L2 regularisation, added to the gradient; 0 for none
 */
public record Sgd(double momentum, SgdUpdate.Momentum kind, double decay) implements UpdateRule {
  /** No momentum, no decay. */
  public static final Sgd PLAIN = momentum(0);

  /** Checks the ranges. */
  public Sgd {
    UpdateRule.checkMomentum(momentum);
    UpdateRule.checkDecay(decay);
    if (momentum == 0 && kind != SgdUpdate.Momentum.CLASSICAL) {
      throw new IllegalArgumentException(kind + " momentum needs a momentum above 0");
    }
  }

  /** Polyak's momentum, no decay. */
  public static Sgd momentum(double momentum) {
    return new Sgd(momentum, SgdUpdate.Momentum.CLASSICAL, 0);
  }

  /** Nesterov's momentum, no decay. */
  public static Sgd nesterov(double momentum) {
    return new Sgd(momentum, SgdUpdate.Momentum.NESTEROV, 0);
  }

  @Override
  public List<String> buffers() {
    return momentum == 0 ? List.of() : List.of("velocity");
  }

  @Override
  public void update(
      OptimizerKernels kernels,
      Tensor parameters,
      Tensor gradients,
      List<Tensor> buffers,
      Tensor scalars) {
    @Nullable Tensor velocity = buffers.isEmpty() ? null : buffers.get(0);
    kernels.sgd(new SgdUpdate(parameters, gradients, velocity, scalars, momentum, kind, decay));
  }
}
