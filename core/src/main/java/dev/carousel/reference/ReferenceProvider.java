package dev.carousel.reference;

import dev.carousel.spi.Availability;
import dev.carousel.spi.Backend;
import dev.carousel.spi.BackendException;
import dev.carousel.spi.BackendOptions;
import dev.carousel.spi.BackendProvider;

/** Offers the plain-Java backend as {@code reference}, available on every JVM, with rank 0. */
public final class ReferenceProvider implements BackendProvider {
  static final String NAME = "reference";

  /** For {@link java.util.ServiceLoader}. */
  public ReferenceProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public Availability probe() {
    return new Availability.Available(ReferenceBackend.device());
  }

  @Override
  public Backend open(BackendOptions options) {
    if (options.device() != 0) {
      throw new BackendException(
          "the reference backend has only device 0, not " + options.device());
    }
    return new ReferenceBackend(options);
  }
}
