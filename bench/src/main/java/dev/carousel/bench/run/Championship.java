package dev.carousel.bench.run;

import dev.carousel.bench.peer.PeerBuild;
import dev.carousel.bench.peer.PeerException;
import dev.carousel.bench.peer.PeerJars;
import dev.carousel.bench.peer.PeerSpec;
import dev.carousel.bench.peer.Workers;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Task;
import dev.carousel.bench.run.Outcome.NotMeasured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that was asked for: fetches the peers, then holds a race for each thread count. */
public final class Championship {
  private final PeerBuild build;
  private final Workers workers;
  private final Observer observer;
  private final Results results = Results.empty();
  private final Answers answers = new Answers();
  private final Map<PeerSpec, PeerJars> jars = new LinkedHashMap<>();
  private final Map<PeerSpec, String> missing = new LinkedHashMap<>();

  /** Is told what happens. */
  public interface Observer {
    /** Something that takes time begins. */
    void progress(String line);

    /** A row is done; all that is known so far. */
    void rowDone(List<Outcome> outcomes, Results soFar) throws IOException;
  }

  /** A championship of libraries that {@code build} brings. */
  public Championship(PeerBuild build, Workers workers, Observer observer) {
    this.build = build;
    this.workers = workers;
    this.observer = observer;
  }

  /** Measures all of it. */
  public Results run(Request request) throws Exception {
    for (PeerSpec peer : request.peers()) {
      fetch(peer);
    }
    fetch(PeerSpec.CEILING);
    for (int threads : request.threads()) {
      race(request, threads);
    }
    return results;
  }

  private void fetch(PeerSpec peer) throws IOException {
    try {
      jars.put(peer, build.jars(peer));
    } catch (PeerException e) {
      missing.put(peer, String.valueOf(e.getMessage()));
      results.libraries().put(peer.name(), "missing: " + e.getMessage());
    }
  }

  private void race(Request request, int threads) throws Exception {
    List<Runner> runners = new ArrayList<>();
    List<Runner> limits = new ArrayList<>();
    try {
      for (Contestant contestant : request.contestants()) {
        runners.add(runner(contestant, threads));
      }
      request.precisions().stream()
          .filter(PeerSpec.CEILING.precisions()::contains)
          .forEach(p -> limits.add(runner(new Contestant(PeerSpec.CEILING, p), threads)));
      describe(runners);
      describe(limits);
      Race race = new Race(threads, request.pace(), answers, runners, limits);
      for (Row row : request.rows()) {
        observer.progress(row.name() + ", " + threads + (threads == 1 ? " thread" : " threads"));
        if (row.task() == Task.COLD) {
          done(cold(request, row, threads));
        } else {
          Race.Lap lap = race.run(row);
          results.breakdowns().addAll(lap.breakdowns());
          done(lap.outcomes());
        }
      }
    } finally {
      runners.forEach(Runner::close);
      limits.forEach(Runner::close);
    }
  }

  private void done(List<Outcome> outcomes) throws IOException {
    results.outcomes().addAll(outcomes);
    observer.rowDone(outcomes, results);
  }

  private Runner runner(Contestant contestant, int threads) {
    return new Runner(contestant, () -> workers.open(found(contestant.peer()), threads));
  }

  private PeerJars found(PeerSpec peer) throws PeerException {
    PeerJars found = jars.get(peer);
    if (found == null) {
      throw new PeerException(String.valueOf(missing.get(peer)));
    }
    return found;
  }

  private void describe(List<Runner> runners) throws IOException {
    for (Runner runner : runners) {
      String name = runner.contestant().peer().name();
      try {
        results.libraries().put(name, runner.describe());
      } catch (PeerException e) {
        results.libraries().put(name, "not loaded: " + e.getMessage());
      }
    }
  }

  private List<Outcome> cold(Request request, Row row, int threads) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    ColdStart start = new ColdStart(workers, threads, request.pace());
    for (Contestant contestant : request.contestants()) {
      try {
        ColdStart.Result result = start.run(row, contestant, found(contestant.peer()));
        outcomes.add(result.row());
        results.footprints().add(result.footprint());
      } catch (PeerException e) {
        outcomes.add(new NotMeasured(row, threads, contestant, String.valueOf(e.getMessage())));
      }
    }
    return outcomes;
  }
}
