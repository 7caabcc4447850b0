package dev.carousel.cli;

import dev.carousel.eval.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The same training with several seeds.
 *
 * @param runs how each seed's ended, in order, at least two
 */
record SeveralSeeds(Map<Long, Outcome.Finished<?>> runs) implements Ending {

  /** Mean and spread of each figure, in the figures' order. */
  Map<String, Spread> spreads() {
    Map<String, Spread> spreads = new LinkedHashMap<>();
    List<Map<String, Number>> all =
        runs.values().stream().<Map<String, Number>>map(r -> r.measurement().figures()).toList();
    for (String name : all.get(0).keySet()) {
      double[] values = all.stream().mapToDouble(f -> f.get(name).doubleValue()).toArray();
      spreads.put(name, Spread.of(values));
    }
    return spreads;
  }

  /** Under the names of one seed's figures their means; then the spread and the single runs. */
  private Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    Map<String, Object> deviations = new LinkedHashMap<>();
    spreads()
        .forEach(
            (name, spread) -> {
              figures.put(name, spread.mean());
              deviations.put(name, spread.deviation());
            });
    figures.put("seeds", List.copyOf(runs.keySet()));
    figures.put("deviation", deviations);
    figures.put("runs", runs.values().stream().map(Outcome.Finished::figures).toList());
    return figures;
  }

  @Override
  public int print(Console console, boolean json) {
    if (json) {
      console.json(figures());
      return 0;
    }
    console.out().println(runs.size() + " seeds: mean and standard deviation");
    spreads()
        .forEach(
            (name, s) ->
                console
                    .out()
                    .printf(Locale.ROOT, "  %-16s %.4f ± %.4f%n", name, s.mean(), s.deviation()));
    console.out().flush();
    return 0;
  }
}
