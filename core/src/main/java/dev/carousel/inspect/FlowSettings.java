package dev.carousel.inspect;

/**
 * How gradients are followed.
 *
 * @param length T, steps of the sequence, at least 2
 * @param hidden H, units of a layer and features of a step, at least 1
 * @param layers at least 1
 * @param clip the largest norm that an update lets pass, above 0
 * @param seed of weights and sequence
 */
public record FlowSettings(int length, int hidden, int layers, double clip, long seed) {
  /** 100 steps back in one layer of 64 units, clipped at 1. */
  public static final FlowSettings DEFAULT = new FlowSettings(101, 64, 1, 1, 1);

  /** Checks the ranges. */
  public FlowSettings {
    if (length < 2 || hidden < 1 || layers < 1) {
      throw new IllegalArgumentException(
          "there must be at least 2 steps, 1 unit and 1 layer, not %d, %d, %d"
              .formatted(length, hidden, layers));
    }
    if (!(clip > 0)) {
      throw new IllegalArgumentException("the clipping norm must be above 0, not " + clip);
    }
  }
}
