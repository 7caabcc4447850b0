package dev.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Init;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * NT-ASGD against a plain loop in double on a loss whose gradient is known: mean((p + b)²) with a
 * number b in each batch has the gradient 2 (p + b) / M.
 */
class AveragedSgdTest {
  private static final double RATE = 0.1;
  private static final int SIZE = 2;
  private static final List<Double> BATCHES = List.of(0.5, -1.0, 2.0);

  private final Backend backend = Backends.named("reference", 1);
  private final ParameterSet.Builder set = ParameterSet.builder();
  private final Parameter p = set.declare("p", Init.constant(3), SIZE);
  private final ParameterSet parameters = set.build(backend, 1);

  @AfterEach
  void close() {
    parameters.close();
    backend.close();
  }

  private final class Parabola implements TrainingTask<Double> {
    @Override
    public Tensor loss(Ops ops, Double batch, double weight) {
      float b = (float) (double) batch;
      Tensor shift = Tensor.of(new float[] {b, b}, SIZE);
      ops.penalizeSize(ops.add(ops.parameter(p), ops.constant(shift)), weight);
      return Tensor.of(new float[] {0, 1}, 2);
    }

    @Override
    public double rows(Double batch) {
      return 1;
    }

    @Override
    public long tokens(Double batch) {
      return 1;
    }

    @Override
    public double rateFactor(Double batch) {
      return 1 + batch / 4;
    }
  }

  /** The parameter at each evaluation, and at the end. */
  private List<Double> train(TrainingSettings settings, double... devMetrics) {
    PrimitiveIterator.OfDouble next = DoubleStream.of(devMetrics).iterator();
    List<Double> seen = new ArrayList<>();
    Trainer.of(parameters, new Parabola(), BatchSource.same(Batches.of(BATCHES)))
        .settings(settings)
        .evaluator(
            () -> {
              seen.add((double) parameters.download()[1]);
              return Map.of("loss", next.nextDouble());
            })
        .run();
    seen.add((double) parameters.download()[0]);
    return seen;
  }

  /** What training gives if averaging begins after evaluation {@code trigger}, from 0. */
  private static List<Double> plainLoop(int epochs, int trigger) {
    List<Double> seen = new ArrayList<>();
    double p = 3;
    double sum = 0;
    int count = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (double b : BATCHES) {
        p -= RATE * (1 + b / 4) * 2 * (p + b) / SIZE;
        if (count > 0) {
          sum += p;
          count++;
        }
      }
      seen.add(count > 0 ? sum / count : p);
      if (epoch == trigger) {
        sum = p;
        count = 1;
      }
    }
    return seen;
  }

  private static TrainingSettings settings(int epochs, int interval) {
    return TrainingSettings.of(new AveragedSgd(interval, 0), new ConstantRate(RATE), epochs)
        .withSelection(Selection.best("loss", Goal.MINIMIZE));
  }

  @Test
  void averagingBeginsWhenTheMetricIsWorseThanOneBeforeTheInterval() {
    // t = 4, n = 2: 4.5 is worse than min(v(0), v(1)) = 4
    double[] dev = {5, 4, 3, 3.5, 4.5, 2, 1};
    List<Double> found = train(settings(7, 2), dev);
    List<Double> expected = plainLoop(7, 4);
    for (int i = 0; i < 7; i++) {
      assertThat(found.get(i)).as("evaluation " + i).isCloseTo(expected.get(i), within(1e-6));
    }
    assertThat(found.get(7)).as("the best is the last average").isEqualTo(found.get(6));
    assertThat(expected.get(6)).isNotCloseTo(plainLoop(7, 99).get(6), within(1e-3));
  }

  @Test
  void aMetricThatIsWorseOnlyThanRecentOnesTriggersNothing() {
    // 4.5 < 5 = v(0), the only one that is old enough
    List<Double> found = train(settings(5, 3), 5, 4, 3, 2, 4.5);
    List<Double> expected = plainLoop(5, 99);
    IntStream.range(0, 5)
        .forEach(i -> assertThat(found.get(i)).isCloseTo(expected.get(i), within(1e-6)));
  }

  @Test
  void averagingWithoutASelectionIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> train(TrainingSettings.of(new AveragedSgd(5, 0), new ConstantRate(RATE), 1), 1))
        .withMessageContaining("no selection names one");
    assertThatIllegalArgumentException().isThrownBy(() -> new AveragedSgd(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new AveragedSgd(5, -1));
  }
}
