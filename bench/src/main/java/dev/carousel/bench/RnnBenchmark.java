package dev.carousel.bench;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backends;
import dev.carousel.spi.Pass;
import dev.carousel.tensor.Tensor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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
 * The time of one call of a backend's fused recurrent kernel. {@code shape} is T x N x C x H, with
 * {@code x2} at the end for two directions. A backend that is absent or refuses the network fails
 * the benchmark with its reason.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the @Setup method
public class RnnBenchmark {
  /** Which backend, by name. */
  @Param({"cpu"})
  public String backend;

  /** Which recurrence. */
  @Param({"LSTM", "GRU"})
  public Cell cell;

  /** Which arithmetic. */
  @Param({"F32"})
  public Precision precision;

  /** T x N x C x H [x D]. */
  @Param({"1x1x256x256", "100x32x256x256", "64x32x256x256x2"})
  public String shape;

  /** How many threads the backend may use; 0 leaves it to the backend. */
  @Param({"0"})
  public int backendThreads;

  private RnnCase inference;
  private RnnCase training;

  /** Prepares both passes. */
  @Setup(Level.Trial)
  public void open() {
    inference = open(Pass.INFERENCE);
    training = open(Pass.TRAINING);
  }

  private RnnCase open(Pass pass) {
    int[] n = Pattern.compile("x").splitAsStream(shape).mapToInt(Integer::parseInt).toArray();
    Direction direction = n.length > 4 && n[4] == 2 ? Direction.BIDIRECTIONAL : Direction.FORWARD;
    RnnSpec spec = RnnSpec.of(cell, n[2], n[3]).withDirection(direction).withPrecision(precision);
    return new RnnCase(Backends.named(backend, backendThreads), spec, n[0], n[1], pass);
  }

  /** Forward for inference. */
  @Benchmark
  public Tensor forward() {
    return inference.forward();
  }

  /** Repacking, forward and all gradients. */
  @Benchmark
  public Tensor trainingStep() {
    return training.train();
  }

  /** Gives everything back. */
  @TearDown(Level.Trial)
  public void close() {
    inference.close();
    training.close();
  }
}
