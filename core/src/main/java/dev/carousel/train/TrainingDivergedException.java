package dev.carousel.train;

/**
 * The loss or the gradient is no longer a finite number. The message names the epoch, the step, the
 * loss, the norm and the learning rate, and what to try. Updates with such a gradient were left
 * out.
 */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TrainingDivergedException(
      TrainingEvent.Position at, double loss, double gradientNorm, double learningRate) {
    super(
        "training diverged in epoch %d, at or shortly before step %d: loss %s, gradient norm %s, learning rate %s; "
                .formatted(at.epoch() + 1, at.totalSteps(), loss, gradientNorm, learningRate)
            + "try a lower learning rate, a warm-up or a smaller clipping norm, and check the data"
            + " for extreme values");
  }
}
