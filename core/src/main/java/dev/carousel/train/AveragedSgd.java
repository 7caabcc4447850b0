package dev.carousel.train;

import dev.carousel.spi.OptimizerKernels;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.tensor.Tensor;
import java.util.List;

/**
 * Gradient descent whose parameters are averaged once progress stalls: NT-ASGD (Merity, Keskar and
 * Socher 2018, algorithm 1). With v(t) the selecting metric of evaluation t, averaging begins after
 * the first evaluation for which t &gt; n and v(t) is worse than the best of v(0) … v(t − n − 1).
 * From then on evaluations, the best model and the final model are the mean of the parameters after
 * that step and after each one since (Polyak and Juditsky 1992); training itself goes on from the
 * last ones.
 *
 * @param interval n, evaluations that may bring nothing new, at least 1; 5 in the paper
 * @param decay λ of L2 regularisation, added to the gradient; 0 for none
 */
public record AveragedSgd(int interval, double decay) implements UpdateRule {
  /** Checks the ranges. */
  public AveragedSgd {
    if (interval < 1) {
      throw new IllegalArgumentException(
          "the non-monotone interval must be at least 1, not " + interval);
    }
    UpdateRule.checkDecay(decay);
  }

  @Override
  public List<String> buffers() {
    return List.of();
  }

  @Override
  public void update(
      OptimizerKernels kernels,
      Tensor parameters,
      Tensor gradients,
      List<Tensor> buffers,
      Tensor scalars) {
    kernels.sgd(
        new SgdUpdate(
            parameters, gradients, null, scalars, 0, SgdUpdate.Momentum.CLASSICAL, decay));
  }
}
