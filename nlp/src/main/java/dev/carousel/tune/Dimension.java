package dev.carousel.tune;

import java.util.List;
import java.util.SplittableRandom;

/** One setting that is varied, and the values it may have. */
public sealed interface Dimension permits Choice, Range {
  /** The setting's name, without dashes. */
  String name();

  /** Draws a value, as text. */
  String draw(SplittableRandom random);

  /** Values that must be legal for all to be: each choice, or the ends of a range. */
  List<String> probes();
}
