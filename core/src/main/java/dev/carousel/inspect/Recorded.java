package dev.carousel.inspect;

import java.util.List;
import java.util.OptionalDouble;

/** What a recurrent network, or a part of one, read and did in one step over one row. */
sealed interface Recorded permits RecordedNetwork, RecordedLayer {
  /** What the names of its parameters begin with. */
  String network();

  /** Which layer of the network is its first. */
  int firstLayer();

  /** What it read, [T, C]. */
  double[][] x();

  /** The gradient of what it read, [T, C]; zeros where none arrived. */
  double[][] dx();

  /** What its layers did. */
  Inside inside();

  /** The norms of its states' gradients, after the step was run backwards. */
  List<GradientTrace> gradients();

  /**
   * What layers did.
   *
   * @param layers forwards before backwards
   * @param deviation the largest difference between outputs as the backend computed them and in
   *     double; empty where nothing was computed again
   */
  record Inside(List<LayerTrace> layers, OptionalDouble deviation) {}
}
