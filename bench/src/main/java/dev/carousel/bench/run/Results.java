package dev.carousel.bench.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that was measured so far.
 *
 * @param outcomes row by row
 * @param breakdowns of our rows
 * @param footprints of those who were started cold
 * @param libraries what each peer says of itself, by name; or why it could not be loaded
 */
public record Results(
    List<Outcome> outcomes,
    List<Breakdown> breakdowns,
    List<Footprint> footprints,
    Map<String, String> libraries) {
  /** Nothing yet. */
  public static Results empty() {
    return new Results(
        new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
  }

  /** The outcomes that are measurements. */
  public List<Outcome.Measured> measured() {
    return outcomes.stream()
        .filter(Outcome.Measured.class::isInstance)
        .map(Outcome.Measured.class::cast)
        .toList();
  }
}
