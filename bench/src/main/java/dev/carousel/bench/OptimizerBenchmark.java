package dev.carousel.bench;

import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.OptimizerKernels;
import dev.carousel.spi.OptimizerScalars;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.spi.WeightDecay;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
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

/** The time of an update of all parameters, and of the norm that it is clipped by. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the @Setup method
public class OptimizerBenchmark {
  /** Which backend, by name. */
  @Param({"cpu"})
  public String backend;

  /** How many parameters; 4,653,200 is the small PTB model. */
  @Param({"4653200"})
  public int parameters;

  /** How many threads the backend may use; 0 leaves it to the backend. */
  @Param({"0"})
  public int backendThreads;

  private JmhBackend memory;
  private Tensor scalars;
  private AdamUpdate adam;
  private SgdUpdate sgd;

  /** Makes the buffers; the gradients stay small, so that parameters stay finite. */
  @Setup(Level.Trial)
  public void open() {
    memory = new JmhBackend(backend, backendThreads);
    Tensor values = memory.uniform(0.1, parameters);
    Tensor gradients = memory.uniform(1e-3, parameters);
    Tensor m = memory.uniform(0, parameters);
    Tensor v = memory.uniform(0, parameters);
    scalars = memory.allocate(DType.F64, OptimizerScalars.SIZE);
    memory
        .backend()
        .memory()
        .upload(new double[] {1e-6, 5}, 0, scalars.slice(0, Shape.of(2))); // rate, largest norm
    adam = new AdamUpdate(values, gradients, m, v, scalars, 0.9, 0.999, 1e-8, 0, WeightDecay.L2);
    sgd = new SgdUpdate(values, gradients, m, scalars, 0.9, SgdUpdate.Momentum.CLASSICAL, 0);
  }

  private OptimizerKernels kernels() {
    return memory.backend().optimizer();
  }

  /** Norm, step count, Adam. */
  @Benchmark
  public Tensor adam() {
    kernels().globalNorm(adam.gradients(), scalars);
    kernels().advance(scalars);
    kernels().adam(adam);
    memory.backend().memory().await();
    return adam.parameters();
  }

  /** Norm, step count, gradient descent with momentum. */
  @Benchmark
  public Tensor sgd() {
    kernels().globalNorm(sgd.gradients(), scalars);
    kernels().advance(scalars);
    kernels().sgd(sgd);
    memory.backend().memory().await();
    return sgd.parameters();
  }

  /** The norm alone. */
  @Benchmark
  public Tensor globalNorm() {
    kernels().globalNorm(adam.gradients(), scalars);
    memory.backend().memory().await();
    return scalars;
  }

  /** Gives everything back. */
  @TearDown(Level.Trial)
  public void close() {
    memory.close();
  }
}
