package dev.carousel.cli;

import dev.carousel.eval.Spread;
import java.util.ArrayList;
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
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (Outcome.Finished<?> run : runs.values()) {
      run.measurement()
          .figures()
          .forEach(
              (name, value) ->
                  values.computeIfAbsent(name, any -> new ArrayList<>()).add(value.doubleValue()));
    }
    Map<String, Spread> spreads = new LinkedHashMap<>();
    values.forEach(
        (name, all) ->
            spreads.put(name, Spread.of(all.stream().mapToDouble(Double::doubleValue).toArray())));
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
