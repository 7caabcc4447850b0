package dev.carousel.cli;

import dev.carousel.data.ClassSampling;
import picocli.CommandLine.Option;

/** Flag: how often each label's texts come in an epoch. */
final class ClassSamplingFlag {
  @Option(
      names = "--sample",
      paramLabel = "HOW",
      description = {
        "Of an epoch: natural, each text once; balanced, as many texts, each label as often; over,",
        "each label as often as the most frequent; under, as the rarest (default: natural)."
      })
  private ClassSampling sample = ClassSampling.NATURAL;

  ClassSampling sampling() {
    return sample;
  }
}
