package dev.carousel.cpu.onednn;

import dev.carousel.cpu.fused.FusedKernels;
import dev.carousel.spi.Availability;
import dev.carousel.spi.Availability.Available;
import dev.carousel.spi.Availability.Unavailable;
import dev.carousel.spi.Backend;
import dev.carousel.spi.BackendException;
import dev.carousel.spi.BackendOptions;
import dev.carousel.spi.BackendProvider;
import dev.carousel.spi.Backends;

/**
 * The backend {@code cpu}: Carousel's own kernels and oneDNN's. It needs oneDNN's binary for this
 * platform on the class path, which is loaded when our own kernels leave something to it, and the
 * reference backend for what both leave out.
 */
public final class CpuProvider implements BackendProvider {
  static final String NAME = "cpu";
  private static final String REFERENCE = "reference";
  private static final int RANK = 10;

  /** For {@link java.util.ServiceLoader}. */
  public CpuProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int rank() {
    return RANK;
  }

  @Override
  public Availability probe() {
    // where our own kernels run, oneDNN is loaded when something first needs it
    boolean later = FusedKernels.refusal() == null && OneDnnLibrary.isOnClassPath();
    Throwable failure = later ? null : OneDnnLibrary.failure();
    if (failure != null) {
      return new Unavailable(OneDnnLibrary.reason(failure), OneDnnLibrary.remedy(), failure);
    }
    if (!Backends.names().contains(REFERENCE)) {
      return new Unavailable(
          "the reference backend, which runs what this one leaves out, is missing",
          "Add dev.carousel:carousel-core.",
          null);
    }
    return new Available(
        OneDnnLibrary.version()
            + ", "
            + CpuFeatures.detect().name()
            + ", "
            + ThreadCount.processDefault()
            + " threads");
  }

  @Override
  public Backend open(BackendOptions options) {
    if (probe() instanceof Unavailable u) {
      throw new BackendException(
          "the cpu backend is not available: " + u.reason() + " " + u.remedy(), u.cause());
    }
    if (options.device() != 0) {
      throw new BackendException("the cpu backend has only device 0, not " + options.device());
    }
    Backend reference = Backends.named(REFERENCE, options.threads());
    try {
      return new OneDnnBackend(reference, options);
    } catch (RuntimeException e) {
      reference.close();
      throw e;
    }
  }
}
