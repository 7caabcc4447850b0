package dev.carousel.cpu.onednn;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Tensor;

/**
 * A program of its own for {@link StartTest}: opens the backend, packs, plans and says who runs.
 */
final class FirstUse {
  private FirstUse() {}

  /**
   * Prints what the backend and the plan say of themselves.
   *
   * @param args the projection's size, 0 for none
   */
  public static void main(String[] args) {
    RnnSpec plain = RnnSpec.of(Cell.LSTM, 4, 6);
    int projection = Integer.parseInt(args[0]);
    RnnSpec spec = projection == 0 ? plain : plain.withProjection(projection);
    int size = Math.toIntExact(WeightLayout.of(spec).size());
    try (Backend cpu = Backends.named("cpu", 1);
        RnnPlan plan = cpu.rnn().plan(spec, 3, 2, Pass.TRAINING);
        RnnWeights weights = cpu.rnn().pack(spec, Tensor.of(new float[size], size))) {
      System.out.println(cpu.describe());
      System.out.println("plan: " + plan.describe() + ", weights of " + weights.spec());
    }
  }
}
