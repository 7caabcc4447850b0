package dev.carousel.cli;

import dev.carousel.store.AtomicFiles;
import dev.carousel.tune.Journal;
import dev.carousel.tune.Search;
import dev.carousel.tune.SearchSpace;
import dev.carousel.tune.Trial;
import dev.carousel.tune.TrialChart;
import dev.carousel.tune.TrialResult;
import dev.carousel.tune.TrialTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a search tells: a table, a chart, the winner.
 *
 * @param search the trials
 * @param space what was varied
 * @param journal how far they got
 * @param metric what scored them, on the selecting data
 * @param console where it is told
 */
record TuneReport(
    Search search, SearchSpace space, Journal journal, String metric, Console console) {

  /** Writes table and chart to a folder. */
  void write(Path folder) {
    AtomicFiles.writeString(folder.resolve("trials.csv"), table().csv());
    new TrialChart(search, space, journal, metric)
        .write(folder.resolve("trials.png"))
        .ifPresent(console::progress);
  }

  private TrialTable table() {
    return TrialTable.of(search, space, journal, "dev." + metric);
  }

  /** Prints the table, the winner's command line and what it measured; returns the exit code. */
  int print(Trial winner, String command, Outcome.Finished<?> kept, boolean json) {
    if (json) {
      console.json(fields(winner, command, kept));
      return 0;
    }
    console.out().print(table().text());
    console.out().println("trial " + winner.number() + " is the best; the same again:");
    console.out().println("  " + command);
    return kept.print(console, false);
  }

  private Map<String, Object> fields(Trial winner, String command, Outcome.Finished<?> kept) {
    Map<String, Object> fields = new LinkedHashMap<>(kept.figures());
    fields.put("metric", metric);
    fields.put("winner", winner.number());
    fields.put("values", winner.values());
    fields.put("command", command);
    fields.put("trials", search.trials().stream().map(this::fields).toList());
    return fields;
  }

  private Map<String, Object> fields(Trial trial) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("trial", trial.number());
    fields.put("values", trial.values());
    Optional<TrialResult> last = journal.last(trial.number());
    last.ifPresent(
        r -> {
          fields.put("epochs", r.epochs());
          fields.put(r.failed() ? "failure" : "score", r.failed() ? r.failure() : r.score());
        });
    return fields;
  }
}
