package dev.carousel.train;

/**
 * Any schedule with a gentle start: its rate is multiplied by w(t), with t the optimizer steps done
 * and W the length of the warm-up.
 *
 * <ul>
 *   <li>{@link Shape#LINEAR}: w = min(1, (t + 1) / W), PyTorch's {@code LinearLR} with start factor
 *       1 / W over W − 1 steps.
 *   <li>{@link Shape#INVERSE_SQRT}: w = min((t + 1) / W, √(W / (t + 1))), the schedule of Vaswani
 *       et al. 2017, section 5.3, scaled so that the peak, at step W − 1, is 1.
 * </ul>
 *
 * <p>The inner schedule is not shifted: an epoch in its table remains that epoch of the run.
 *
 * @param schedule what is multiplied
 * @param steps W, at least 1
 * @param shape of w
 */
public record WarmUp(Schedule schedule, long steps, Shape shape) implements Schedule {

  /** The form of a warm-up. */
  public enum Shape {
    /** A straight line up to 1, then 1. */
    LINEAR,
    /** A straight line up to 1, then falling with the square root of the step. */
    INVERSE_SQRT
  }

  /** Refuses a length below 1. */
  public WarmUp {
    Rates.requirePositive("warm-up steps", steps);
  }

  @Override
  public double rate(Moment now, State state) {
    return schedule.rate(now, state) * weight(now.step() + 1.0);
  }

  @Override
  public State start() {
    return schedule.start();
  }

  @Override
  public State observe(State state, double metric) {
    return schedule.observe(state, metric);
  }

  private double weight(double step) {
    if (step < steps) {
      return step / steps;
    }
    return shape == Shape.LINEAR ? 1 : Math.sqrt(steps / step);
  }
}
