package dev.carousel.cuda;

import dev.carousel.spi.Availability;
import dev.carousel.spi.Availability.Unavailable;
import dev.carousel.spi.Backend;
import dev.carousel.spi.BackendException;
import dev.carousel.spi.BackendOptions;
import dev.carousel.spi.BackendProvider;
import java.util.function.Supplier;

/**
 * Finds NVIDIA GPUs and what computing on them needs. This build has no CUDA kernels yet: the probe
 * reports what it found and answers {@link Unavailable} on every machine.
 */
public final class CudaProvider implements BackendProvider {
  private final Supplier<Unavailable> probe;

  /** For {@link java.util.ServiceLoader}. */
  public CudaProvider() {
    this(() -> ThisMachine.ANSWER);
  }

  CudaProvider(Supplier<Unavailable> probe) {
    this.probe = probe;
  }

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public int rank() {
    return 20;
  }

  @Override
  public Availability probe() {
    return probe.get();
  }

  /**
   * Refuses, with the probe's reason.
   *
   * @throws BackendException always, in this build
   */
  @Override
  public Backend open(BackendOptions options) {
    Unavailable u = probe.get();
    throw new BackendException(
        "backend cuda is not available: " + u.reason() + " " + u.remedy(), u.cause());
  }

  /**
   * Probed on first use and once a process: a class of bindings that failed to load fails
   * differently, and without its cause, the second time.
   */
  private static final class ThisMachine {
    static final Unavailable ANSWER = new CudaProbe(new JavaCppHost()).answer();
  }
}
