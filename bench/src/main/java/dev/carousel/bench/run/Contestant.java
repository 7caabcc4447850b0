package dev.carousel.bench.run;

import dev.carousel.bench.peer.PeerSpec;
import dev.carousel.bench.peer.PeerSpec.Standing;
import dev.carousel.rnn.Precision;
import java.util.Locale;

/**
 * A peer in one arithmetic.
 *
 * @param peer which library
 * @param precision F32 or BF16
 */
public record Contestant(PeerSpec peer, Precision precision) {
  /** The arithmetic as users write it. */
  public String arithmetic() {
    return precision.name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is what a user might pick instead of Carousel. */
  public boolean rival() {
    return peer.standing() == Standing.RIVAL;
  }

  /** Whether it is Carousel. */
  public boolean own() {
    return peer.standing() == Standing.OWN;
  }

  @Override
  public String toString() {
    return peer.name() + " " + arithmetic();
  }
}
