package dev.carousel.cli;

import java.util.List;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/** Flag: how many seeds to train with. */
final class SeedsFlag {
  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = {
        "Train with N seeds, from --seed on, and print the mean and the spread of the figures",
        "(default: ${DEFAULT-VALUE})."
      })
  private int seeds = 1;

  /** The seeds. */
  List<Long> from(long first) {
    if (seeds < 1) {
      throw new IllegalArgumentException("--seeds must be at least 1, not " + seeds);
    }
    return LongStream.range(first, first + seeds).boxed().toList();
  }
}
