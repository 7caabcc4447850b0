package dev.carousel.train;

/** The same learning rate throughout. */
public record ConstantRate(double rate) implements Schedule {

  /** Refuses a rate that is not positive and finite. */
  public ConstantRate {
    Rates.requirePositive("rate", rate);
  }

  @Override
  public double rate(Moment now, State state) {
    return rate;
  }
}
