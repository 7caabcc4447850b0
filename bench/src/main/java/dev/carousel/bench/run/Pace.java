package dev.carousel.bench.run;

/**
 * How long things are measured.
 *
 * @param rounds how many bursts of each peer, one of each in turn
 * @param burstMillis a burst
 * @param warmMillis what comes before the first
 */
public record Pace(int rounds, int burstMillis, int warmMillis) {
  /** For figures that are published. */
  public static final Pace FULL = new Pace(7, 250, 500);

  /** For a look. */
  public static final Pace QUICK = new Pace(3, 100, 250);

  /** Refuses what measures nothing. */
  public Pace {
    if (rounds < 1) {
      throw new IllegalArgumentException("at least one round is needed, not " + rounds);
    }
  }

  /** The same with this many rounds. */
  public Pace withRounds(int n) {
    return new Pace(n, burstMillis, warmMillis);
  }
}
