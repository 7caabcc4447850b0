package dev.carousel.cpu.onednn;

import dev.carousel.spi.BackendException;
import dev.carousel.spi.LinearKernels;
import dev.carousel.spi.RnnKernels;
import org.jspecify.annotations.Nullable;

/**
 * oneDNN's kernels, made when something first needs them: most networks need none, and loading its
 * library takes longer than starting the JVM.
 */
final class OneDnn implements AutoCloseable {
  private final int threads;
  private @Nullable Engine engine;
  private @Nullable OneDnnRnnKernels rnn;

  /**
   * @param threads of each thread that calls, at least 1
   */
  OneDnn(int threads) {
    this.threads = threads;
  }

  /**
   * Loads the library at the first call.
   *
   * @throws BackendException if it cannot be loaded or cannot have this many threads, with the
   *     remedy
   */
  synchronized Engine engine() {
    if (engine == null) {
      engine = new Engine(ThreadCount.of(threads));
    }
    return engine;
  }

  /** Recurrent layers; like {@link #engine}. */
  synchronized RnnKernels rnn() {
    if (rnn == null) {
      rnn = new OneDnnRnnKernels(engine(), CpuFeatures.ofOneDnn());
    }
    return rnn;
  }

  /** Linear layers; the library is loaded when the first matrix is packed. */
  LinearKernels linear() {
    return new OneDnnLinearKernels(this::engine, CpuFeatures::ofOneDnn);
  }

  @Override
  public synchronized void close() {
    if (rnn != null) {
      rnn.close();
    }
    if (engine != null) {
      engine.close();
    }
  }
}
