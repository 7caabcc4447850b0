package dev.carousel.bench;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearWeights;
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

/**
 * The time of a linear layer's products. {@code shape} is M x I x O: rows, inputs, outputs. A
 * backend that is absent or refuses the arithmetic fails the benchmark with its reason.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the @Setup method
public class LinearBenchmark {
  /** Which backend, by name. */
  @Param({"cpu"})
  public String backend;

  /** Which arithmetic. */
  @Param({"F32"})
  public Precision precision;

  /** M x I x O. */
  @Param({"32x256x1024", "400x200x10000", "1024x256x17"})
  public String shape;

  /** How many threads the backend may use; 0 leaves it to the backend. */
  @Param({"0"})
  public int backendThreads;

  private JmhBackend memory;
  private LinearWeights weights;
  private Tensor x;
  private Tensor y;
  private Tensor bias;
  private LinearBackward backward;

  /** Packs the matrix. */
  @Setup(Level.Trial)
  public void open() {
    String[] n = shape.split("x", -1);
    int rows = Integer.parseInt(n[0]);
    int inputs = Integer.parseInt(n[1]);
    int outputs = Integer.parseInt(n[2]);
    memory = new JmhBackend(backend, backendThreads);
    weights = memory.backend().linear().pack(memory.uniform(0.1, outputs, inputs), precision);
    x = memory.uniform(1, rows, inputs);
    y = memory.uniform(0, rows, outputs);
    bias = memory.uniform(0.1, outputs);
    backward =
        new LinearBackward(
            x,
            weights,
            memory.uniform(1, rows, outputs),
            memory.uniform(0, rows, inputs),
            memory.uniform(0, outputs, inputs),
            memory.uniform(0, outputs));
  }

  /** {@code x Wᵀ + b}. */
  @Benchmark
  public Tensor forward() {
    memory.backend().linear().forward(x, weights, bias, y);
    memory.backend().memory().await();
    return y;
  }

  /** All three gradients, added to what is there. */
  @Benchmark
  public LinearBackward backward() {
    memory.backend().linear().backward(backward);
    memory.backend().memory().await();
    return backward;
  }

  /** Packing anew, as after an update. */
  @Benchmark
  public LinearWeights refresh() {
    weights.refresh();
    return weights;
  }

  /** Gives everything back. */
  @TearDown(Level.Trial)
  public void close() {
    weights.close();
    memory.close();
  }
}
