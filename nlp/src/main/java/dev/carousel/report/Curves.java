package dev.carousel.report;

import dev.carousel.train.CsvLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Numbers of a training log, sorted into panels that share an axis: the losses, the learning rate,
 * the metrics between 0 and 1, and each other metric by itself.
 */
final class Curves {
  private static final String LOSS = "loss";
  private static final String RATE = "learning_rate";
  private static final String RATE_TITLE = "learning rate";
  private static final String SHARES_TITLE = "metrics";
  private static final String TRAIN = "train";

  private final Map<String, Curve> curves = new TreeMap<>();

  /** One number over the steps. */
  record Curve(String set, String name, List<Double> steps, List<Double> values) {

    /** Whether the values were measured at evaluations, so few that each deserves a mark. */
    boolean evaluated() {
      return !set.equals(TRAIN);
    }

    /** Means of neighbours, so that at most {@code points} are left. */
    Curve thinned(int points) {
      int width = (steps.size() + points - 1) / points;
      if (width <= 1) {
        return this;
      }
      List<Double> fewerSteps = new ArrayList<>();
      List<Double> fewerValues = new ArrayList<>();
      for (int from = 0; from < steps.size(); from += width) {
        int to = Math.min(steps.size(), from + width);
        fewerSteps.add(mean(steps.subList(from, to)));
        fewerValues.add(mean(values.subList(from, to)));
      }
      return new Curve(set, name, fewerSteps, fewerValues);
    }

    private static double mean(List<Double> numbers) {
      return numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private boolean isShare() {
      return values.stream().allMatch(value -> value >= 0 && value <= 1);
    }
  }

  /** A chart: its title and the curves in it. */
  record Panel(String title, List<Curve> curves) {}

  /** Takes a number if it belongs into a chart; numbers that are not finite leave a gap. */
  void add(CsvLog.Row row) {
    boolean drawn = !row.set().equals(TRAIN) || row.name().equals(LOSS) || row.name().equals(RATE);
    if (drawn && Double.isFinite(row.value())) {
      Curve curve =
          curves.computeIfAbsent(
              row.set() + "\0" + row.name(),
              key -> new Curve(row.set(), row.name(), new ArrayList<>(), new ArrayList<>()));
      curve.steps().add((double) row.step());
      curve.values().add(row.value());
    }
  }

  /** The panels from top to bottom; empty if there is nothing to draw yet. */
  List<Panel> panels() {
    Map<String, Panel> panels =
        new TreeMap<>(Comparator.comparing(Curves::rank).thenComparing(t -> t));
    for (Curve curve : curves.values()) {
      panels
          .computeIfAbsent(title(curve), title -> new Panel(title, new ArrayList<>()))
          .curves()
          .add(curve);
    }
    return List.copyOf(panels.values());
  }

  /** The last step of all curves, at least 1. */
  double lastStep() {
    return curves.values().stream()
        .mapToDouble(curve -> Collections.max(curve.steps()))
        .reduce(1, Math::max);
  }

  private static String title(Curve curve) {
    if (curve.name().equals(RATE)) {
      return RATE_TITLE;
    }
    return curve.name().equals(LOSS) || !curve.isShare() ? curve.name() : SHARES_TITLE;
  }

  private static int rank(String title) {
    return switch (title) {
      case LOSS -> 0;
      case SHARES_TITLE -> 1;
      case RATE_TITLE -> 3;
      default -> 2;
    };
  }
}
