package dev.carousel.bench.run;

import dev.carousel.bench.peer.PeerException;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Work;
import dev.carousel.bench.run.Outcome.Measured;
import dev.carousel.bench.run.Outcome.NotMeasured;
import dev.carousel.bench.worker.Answer;
import dev.carousel.rnn.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All contestants on one row after another, with one number of threads. For each row every
 * contestant builds it and computes it once; who is wrong is not timed. Then bursts of all of them
 * and of the limit take turns, so that whatever else the machine does hits all alike.
 */
final class Race {
  /** After its last call a library's threads may spin for a while, and would slow down the next. */
  private static final int PAUSE_MILLIS = 100;

  private final int threads;
  private final Pace pace;
  private final Answers answers;
  private final List<Runner> runners;
  private final List<Runner> limits;

  /**
   * @param runners in the order of the report
   * @param limits the machine's limit in each arithmetic, where it can be measured
   */
  Race(int threads, Pace pace, Answers answers, List<Runner> runners, List<Runner> limits) {
    this.threads = threads;
    this.pace = pace;
    this.answers = answers;
    this.runners = runners;
    this.limits = limits;
  }

  /**
   * What a row came to.
   *
   * @param outcomes of all contestants, in their order
   * @param breakdowns of ours
   */
  record Lap(List<Outcome> outcomes, List<Breakdown> breakdowns) {}

  /** Those who take part in a row with their errors, and the reasons of those who do not. */
  private record Field(Map<Runner, Double> errors, Map<Runner, String> out, List<Runner> limits) {
    List<Runner> running() {
      List<Runner> running = new ArrayList<>(errors.keySet());
      running.addAll(limits);
      running.removeAll(out.keySet());
      return running;
    }
  }

  /** Measures a row. */
  Lap run(Row row) throws Exception {
    Field field = line(row, answers.of(row));
    try {
      for (Runner runner : field.running()) {
        attempt(field, runner, () -> runner.warm(pace.warmMillis()));
      }
      for (int round = 0; round < pace.rounds(); round++) {
        round(field, round);
      }
      return lap(row, field);
    } finally {
      runners.forEach(Runner::release);
      limits.forEach(Runner::release);
    }
  }

  private Field line(Row row, Answer right) throws IOException {
    Field field = new Field(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
    for (Runner runner : runners) {
      attempt(
          field,
          runner,
          () -> {
            runner.prepare(row);
            field.errors().put(runner, error(row, runner, right));
          });
    }
    for (Runner limit : limits) {
      attempt(
          field,
          limit,
          () -> {
            limit.prepare(row);
            field.limits().add(limit);
          });
    }
    return field;
  }

  private static double error(Row row, Runner runner, Answer right)
      throws IOException, PeerException {
    double error;
    try {
      error = Agreement.maxError(row, right, runner.answer());
    } catch (IllegalArgumentException e) {
      throw new PeerException("it computes something else: " + e.getMessage());
    }
    double most = Agreement.tolerance(row, runner.contestant().precision());
    if (error > most) {
      throw new PeerException(
          "it disagrees with the double-precision reference by %.1e, more than %.0e"
              .formatted(error, most));
    }
    return error;
  }

  /** Something that a worker may refuse or die of. */
  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException, PeerException;
  }

  private static void attempt(Field field, Runner runner, Attempt attempt) throws IOException {
    try {
      attempt.run();
    } catch (PeerException e) {
      field.out().put(runner, String.valueOf(e.getMessage()));
    }
  }

  /** One burst each, another one first in each round. */
  private void round(Field field, int round) throws IOException, InterruptedException {
    List<Runner> running = field.running();
    for (int i = 0; i < running.size(); i++) {
      Runner runner = running.get((i + round) % running.size());
      if (threads > 1) {
        Thread.sleep(PAUSE_MILLIS);
      }
      attempt(field, runner, () -> runner.burst(pace.burstMillis()));
    }
  }

  private Lap lap(Row row, Field field) throws IOException {
    Lap lap = new Lap(new ArrayList<>(), new ArrayList<>());
    for (Runner runner : runners) {
      String reason = field.out().get(runner);
      Double error = field.errors().get(runner);
      if (reason != null || error == null) {
        String said = reason == null ? "it was not tried" : reason;
        lap.outcomes().add(new NotMeasured(row, threads, runner.contestant(), said));
        continue;
      }
      double limit = limit(field, runner.contestant().precision());
      lap.outcomes().add(measured(row, runner, limit, error));
      if (runner.contestant().own()) {
        attempt(field, runner, () -> lap.breakdowns().add(breakdown(row, runner, limit)));
      }
    }
    return lap;
  }

  /** In microseconds; NaN where there is none. */
  private static double limit(Field field, Precision precision) {
    for (Runner limit : field.limits()) {
      boolean measured = !field.out().containsKey(limit);
      if (measured && limit.contestant().precision() == precision) {
        return limit.medianMicros();
      }
    }
    return Double.NaN;
  }

  private Measured measured(Row row, Runner runner, double limit, double error) {
    double micros = runner.medianMicros();
    return new Measured(
        row,
        threads,
        runner.contestant(),
        micros,
        runner.p10Micros(),
        Statistics.spread(runner.medians()),
        new Work(row).flops() / (micros * 1000),
        limit / micros,
        error,
        runner.implementation());
  }

  private Breakdown breakdown(Row row, Runner own, double limit) throws IOException, PeerException {
    double whole = own.medianMicros();
    Map<String, Double> parts = own.parts(pace.burstMillis());
    double fixed = Double.NaN;
    // a softmax over thousands of words does not shrink with H
    if (!row.task().wholeModel() && !row.task().decodes()) {
      own.prepare(Breakdown.tiny(row));
      own.warm(pace.warmMillis());
      fixed = own.warm(pace.burstMillis()).medianNanos() / 1000;
    }
    return new Breakdown(row, threads, own.contestant().precision(), whole, limit, parts, fixed);
  }
}
