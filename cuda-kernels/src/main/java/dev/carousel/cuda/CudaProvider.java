package dev.carousel.cuda;

import dev.carousel.spi.Availability;
import dev.carousel.spi.Availability.Unavailable;
import dev.carousel.spi.Backend;
import dev.carousel.spi.BackendException;
import dev.carousel.spi.BackendOptions;
import dev.carousel.spi.BackendProvider;
import java.util.function.Supplier;

/** Finds NVIDIA GPUs and what computing on them needs, and opens one of them. */
public final class CudaProvider implements BackendProvider {
  private final Supplier<? extends Availability> probe;

  /** For {@link java.util.ServiceLoader}. */
  public CudaProvider() {
    this(() -> ThisMachine.ANSWER);
  }

  CudaProvider(Supplier<? extends Availability> probe) {
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

  @Override
  public Backend open(BackendOptions options) {
    if (probe.get() instanceof Unavailable u) {
      throw new BackendException(
          "backend cuda is not available: " + u.reason() + " " + u.remedy(), u.cause());
    }
    int count = new JavaCppHost().devices().size();
    if (options.device() >= count) {
      throw new BackendException(
          "there is no device cuda:%d: this machine has %d, numbered from 0"
              .formatted(options.device(), count));
    }
    return open(options.device());
  }

  private static Backend open(int device) {
    JavaCppDriver driver = new JavaCppDriver(device);
    Gpu gpu =
        new Gpu(
            driver,
            new JavaCppDnn(driver.stream()),
            new JavaCppBlas(driver),
            KernelImage.forDevice(driver.facts()));
    return new CudaBackend(
        gpu, new CudaBackend.Settings(device, new ChoiceCache(ChoiceCache.usual()), Chunks.LIMIT));
  }

  /**
   * Probed on first use and once a process: a class of bindings that failed to load fails
   * differently, and without its cause, the second time.
   */
  private static final class ThisMachine {
    static final Availability ANSWER = new CudaProbe(new JavaCppHost()).answer();
  }
}
