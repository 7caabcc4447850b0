package dev.carousel.spi;

import dev.carousel.spi.Availability.Available;
import dev.carousel.spi.Availability.Unavailable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * The backends on the class path. Asked for by name, a backend is that backend or an exception that
 * says why not; there is no fallback to another one.
 */
public final class Backends {
  private Backends() {}

  /**
   * One line of the report.
   *
   * @param name the backend's name
   * @param rank its rank
   * @param availability what its probe answered
   */
  public record Entry(String name, int rank, Availability availability) {}

  /** The best available backend, opened with defaults. The caller closes it. */
  public static Backend best() {
    return best(BackendOptions.DEFAULT);
  }

  /**
   * The available backend of the highest rank. The caller closes it.
   *
   * @throws BackendException if there is none, with every reason
   */
  public static Backend best(BackendOptions options) {
    for (BackendProvider p : providers()) {
      if (p.probe() instanceof Available) {
        return p.open(options);
      }
    }
    throw new BackendException("no backend is available: " + reasons());
  }

  /**
   * The backend of this name, opened with defaults: {@code cpu}, or {@code cuda:1} for a device.
   */
  public static Backend named(String name) {
    return named(name, 0);
  }

  /**
   * The backend of this name and no other. The caller closes it.
   *
   * @param name a provider's name, or {@code name:device}
   * @param threads as in {@link BackendOptions}
   * @throws BackendException if it is not on the class path or not available, with the reason and
   *     the remedy
   */
  public static Backend named(String name, int threads) {
    int colon = name.indexOf(':');
    String base = colon < 0 ? name : name.substring(0, colon);
    BackendOptions options =
        new BackendOptions(colon < 0 ? 0 : device(name, name.substring(colon + 1)), threads);
    for (BackendProvider p : providers()) {
      if (p.name().equals(base)) {
        if (p.probe() instanceof Unavailable u) {
          throw new BackendException(
              "backend " + base + " is not available: " + u.reason() + " " + u.remedy(), u.cause());
        }
        return p.open(options);
      }
    }
    throw new BackendException(
        "no backend is called " + base + "; on the class path: " + String.join(", ", names()));
  }

  private static int device(String name, String number) {
    try {
      return Integer.parseUnsignedInt(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the device in '" + name + "' must be a number, as in cuda:1", e);
    }
  }

  /** Every backend on the class path with what its probe answered, best first. */
  public static List<Entry> report() {
    return providers().stream().map(p -> new Entry(p.name(), p.rank(), p.probe())).toList();
  }

  /** The names of the backends on the class path, best first; none is probed. */
  public static List<String> names() {
    return providers().stream().map(BackendProvider::name).toList();
  }

  private static String reasons() {
    return report().stream()
        .map(e -> e.name() + ": " + e.availability())
        .collect(Collectors.joining("; "));
  }

  private static List<BackendProvider> providers() {
    List<BackendProvider> found = new ArrayList<>();
    try {
      for (BackendProvider p :
          ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader())) {
        found.add(p);
      }
    } catch (ServiceConfigurationError e) {
      throw new BackendException("a backend provider on the class path is broken", e);
    }
    found.sort(
        Comparator.comparingInt(BackendProvider::rank)
            .reversed()
            .thenComparing(BackendProvider::name));
    return found;
  }
}
