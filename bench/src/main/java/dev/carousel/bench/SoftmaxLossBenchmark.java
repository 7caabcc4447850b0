package dev.carousel.bench;

import dev.carousel.spi.SoftmaxLoss;
import dev.carousel.tensor.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The time of softmax cross entropy with its gradient. {@code shape} is M x C: rows, classes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the @Setup method
public class SoftmaxLossBenchmark {
  /** Which backend, by name. */
  @Param({"cpu"})
  public String backend;

  /** M x C. */
  @Param({"400x10000", "1024x17"})
  public String shape;

  /** How many threads the backend may use; 0 leaves it to the backend. */
  @Param({"0"})
  public int backendThreads;

  private JmhBackend memory;
  private SoftmaxLoss loss;

  /** Makes logits and labels. */
  @Setup(Level.Trial)
  public void open() {
    String[] n = shape.split("x", -1);
    int rows = Integer.parseInt(n[0]);
    int classes = Integer.parseInt(n[1]);
    memory = new JmhBackend(backend, backendThreads);
    loss =
        new SoftmaxLoss(
            memory.uniform(3, rows, classes),
            memory.below(classes, rows),
            null,
            0,
            memory.uniform(0, 2),
            memory.uniform(0, rows, classes),
            1);
  }

  /** Loss and gradient. */
  @Benchmark
  public Tensor forwardAndGradient() {
    memory.backend().loss().softmax(loss);
    memory.backend().memory().await();
    return loss.loss();
  }

  /** Gives everything back. */
  @TearDown(Level.Trial)
  public void close() {
    memory.close();
  }
}
