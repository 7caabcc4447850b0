package dev.carousel.cpu.fused;

import dev.carousel.rnn.Lengths;
import org.jspecify.annotations.Nullable;

/** Lengths as the C++ functions take them: read where a replay may have changed them. */
final class HostLengths {
  private HostLengths() {}

  /** The array, null for a full batch; C++ trusts what this has checked. */
  static int @Nullable [] of(Lengths lengths) {
    if (lengths.full()) {
      return null;
    }
    for (int n = 0; n < lengths.batch(); n++) {
      if (lengths.at(n) < 0 || lengths.at(n) > lengths.maxSteps()) {
        throw new IllegalArgumentException(
            "length of row %d must be 0 to %d, not %d"
                .formatted(n, lengths.maxSteps(), lengths.at(n)));
      }
    }
    return lengths.device().heap().ints();
  }

  /** Where the array's first length is. */
  static int at(Lengths lengths) {
    return lengths.full() ? 0 : lengths.device().heapOffset();
  }
}
