package dev.carousel.tune;

import dev.carousel.report.ScatterPng;
import dev.carousel.report.ScatterPng.Axis;
import dev.carousel.report.ScatterPng.Panel;
import dev.carousel.report.ScatterPng.Points;
import dev.carousel.report.ScatterPng.Style;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scores over the values of each setting, those of each rung by themselves; where there are several
 * rungs, first the way of each trial through them.
 *
 * @param search the trials
 * @param space what was varied
 * @param journal how far they got
 * @param metric what the score is
 */
public record TrialChart(Search search, SearchSpace space, Journal journal, String metric) {
  /**
   * Draws the chart.
   *
   * @return why it could not be done; empty if it was
   */
  public Optional<String> write(Path file) {
    List<Panel> panels = new ArrayList<>();
    if (rungs().size() > 1) {
      panels.add(ways());
    }
    space.dimensions().forEach(d -> panels.add(panel(d)));
    panels.removeIf(panel -> panel.points().isEmpty());
    return ScatterPng.write(file, panels);
  }

  private List<Rung> rungs() {
    return search.strategy().rungs(search.trials().size());
  }

  private Panel ways() {
    List<Points> ways = new ArrayList<>();
    for (Trial trial : search.trials()) {
      List<TrialResult> results = new ArrayList<>();
      for (int r = 0; r < rungs().size(); r++) {
        journal.find(trial.number(), r).filter(one -> !one.failed()).ifPresent(results::add);
      }
      if (!results.isEmpty()) {
        ways.add(
            new Points(
                Integer.toString(trial.number()),
                results.stream().map(one -> (double) one.epochs()).toList(),
                results.stream().map(TrialResult::score).toList()));
      }
    }
    Axis epochs = new Axis("epochs", ScatterPng.Scale.LINEAR, List.of());
    return new Panel("trials", epochs, metric, ways, Style.LINES);
  }

  private Panel panel(Dimension dimension) {
    Axis axis = axis(dimension);
    List<Points> points = new ArrayList<>();
    for (int r = 0; r < rungs().size(); r++) {
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      for (Trial trial : search.trials()) {
        Optional<TrialResult> result = journal.find(trial.number(), r);
        if (result.isPresent() && !result.get().failed()) {
          x.add(place(axis, trial.values().getOrDefault(dimension.name(), "")));
          y.add(result.get().score());
        }
      }
      if (!x.isEmpty()) {
        points.add(new Points(name(r), x, y));
      }
    }
    return new Panel("--" + dimension.name(), axis, metric, points, Style.POINTS);
  }

  private String name(int rung) {
    return rungs().size() == 1 ? "trials" : "after " + rungs().get(rung).epochs() + " epochs";
  }

  private static Axis axis(Dimension dimension) {
    if (dimension instanceof Range range) {
      ScatterPng.Scale scale =
          range.scale() == Range.Scale.LOG ? ScatterPng.Scale.LOG : ScatterPng.Scale.LINEAR;
      return new Axis(range.name(), scale, List.of());
    }
    return new Axis(dimension.name(), ScatterPng.Scale.LINEAR, dimension.probes());
  }

  private static double place(Axis axis, String value) {
    return axis.names().isEmpty() ? Double.parseDouble(value) : axis.names().indexOf(value);
  }
}
