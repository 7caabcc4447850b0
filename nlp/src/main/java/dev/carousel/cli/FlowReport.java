package dev.carousel.cli;

import java.util.List;
import java.util.Map;

/** What {@code gradients} found, in the forms in which it is told. */
sealed interface FlowReport permits ComparedFlows, FollowedModel {
  /** Norms by distance. */
  FlowTable table();

  /** For people. */
  List<String> lines();

  /** For programs. */
  Map<String, Object> fields();
}
