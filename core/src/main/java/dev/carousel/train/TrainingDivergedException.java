package dev.carousel.train;

/**
 * The loss or the gradient is no longer a finite number. The message names the epoch, the step, the
 * loss, the norm and the learning rate, and what to try. Updates with such a gradient were left
 * out.
 */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TrainingDivergedException(
      TrainingEvent.Position at, double loss, Optimizer.Reading gradients, double learningRate) {
    super(
        "training diverged in epoch %d, at or shortly before step %d: loss %s, gradient norm %s (%s), "
                .formatted(
                    at.epoch() + 1, at.totalSteps(), loss, gradients.norm(), leftOut(gradients))
            + "learning rate %s; try a lower learning rate, a warm-up or a smaller clipping norm, "
                .formatted(learningRate)
            + "and check the data for extreme values");
  }

  private static String leftOut(Optimizer.Reading gradients) {
    long n = gradients.skipped();
    return n == 1 ? "1 update was left out" : n + " updates were left out";
  }
}
