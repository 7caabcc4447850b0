package dev.carousel.decode;

/**
 * How the next token is drawn from a model's logits. In this order: repetition control,
 * temperature, top-k, top-p.
 *
 * @param temperature divides the logits; 0 takes the most probable token always, 1 draws from the
 *     model's own distribution
 * @param topK draw among so many most probable tokens only (Fan, Lewis and Dauphin 2018); 0 for all
 * @param topP draw among the fewest most probable tokens only whose probabilities, among those that
 *     top-k left, sum to at least this (nucleus sampling, Holtzman et al. 2020); above 0, 1 for all
 * @param repetition what may not come again
 * @param seed of the draws: the same seed, logits and settings give the same tokens
 */
public record Sampling(
    double temperature, int topK, double topP, RepetitionControl repetition, long seed) {
  /** Always the most probable token. */
  public static final Sampling GREEDY = new Sampling(0, 0, 1, RepetitionControl.NONE, 1);

  /** Draws from the model's own distribution, with seed 1. */
  public static final Sampling PLAIN = GREEDY.withTemperature(1);

  /** Checks the ranges. */
  public Sampling {
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("temperature must be 0 or more, not " + temperature);
    }
    if (topK < 0) {
      throw new IllegalArgumentException("top-k must be 0 (all tokens) or more, not " + topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("top-p must be above 0 and at most 1, not " + topP);
    }
  }

  /** The same at this temperature. */
  public Sampling withTemperature(double t) {
    return new Sampling(t, topK, topP, repetition, seed);
  }

  /** The same among the {@code k} most probable tokens. */
  public Sampling withTopK(int k) {
    return new Sampling(temperature, k, topP, repetition, seed);
  }

  /** The same within the nucleus of probability {@code p}. */
  public Sampling withTopP(double p) {
    return new Sampling(temperature, topK, p, repetition, seed);
  }

  /** The same under this control. */
  public Sampling withRepetition(RepetitionControl control) {
    return new Sampling(temperature, topK, topP, control, seed);
  }

  /** The same with this seed. */
  public Sampling withSeed(long number) {
    return new Sampling(temperature, topK, topP, repetition, number);
  }
}
