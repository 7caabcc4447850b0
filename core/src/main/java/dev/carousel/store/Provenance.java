package dev.carousel.store;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a model comes from: enough to train it again and to tell whether the result is the same.
 *
 * @param seed of every random choice
 * @param software what ran
 * @param compute what it ran on
 * @param timing when and how long
 * @param data SHA-256 of each input file, by name
 * @param metrics final results by name, e.g. {@code dev.f1}; may be infinite or NaN
 * @param settings the command and every setting that differs from run to run, as text
 */
public record Provenance(
    long seed,
    Software software,
    Compute compute,
    Timing timing,
    Map<String, String> data,
    Map<String, Double> metrics,
    Map<String, String> settings) {

  /** Copies the maps. */
  public Provenance {
    data = Collections.unmodifiableMap(new TreeMap<>(data));
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /** The same with further results, or others under the same names. */
  public Provenance withMetrics(Map<String, Double> further) {
    Map<String, Double> all = new TreeMap<>(metrics);
    all.putAll(further);
    return new Provenance(seed, software, compute, timing, data, all, settings);
  }

  /**
   * Versions of what ran.
   *
   * @param carousel version of this library
   * @param java version of the virtual machine
   * @param system operating system and architecture
   */
  public record Software(String carousel, String java, String system) {

    /** What runs now. */
    public static Software current() {
      String version = Software.class.getPackage().getImplementationVersion();
      return new Software(
          version == null ? "development" : version,
          Runtime.version().toString(),
          System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }
  }

  /**
   * What the numbers were computed by.
   *
   * @param backend its name
   * @param description device and library, as the backend describes itself
   * @param precision name of the precision policy
   * @param threads how many threads computed
   */
  public record Compute(String backend, String description, String precision, int threads) {}

  /**
   * When it happened.
   *
   * @param started ISO 8601 in UTC, e.g. {@code 2026-11-01T12:00:00Z}
   * @param seconds wall-clock time spent, across restarts
   */
  public record Timing(String started, double seconds) {

    /** Refuses what is no instant and a negative duration. */
    public Timing {
      try {
        Instant.parse(started);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("'" + started + "' is no ISO 8601 instant", e);
      }
      if (!(seconds >= 0)) {
        throw new IllegalArgumentException("a run cannot take " + seconds + " seconds");
      }
    }

    /** From the types of {@code java.time}. */
    public static Timing of(Instant started, Duration spent) {
      return new Timing(started.toString(), spent.toMillis() / 1000.0);
    }
  }
}
