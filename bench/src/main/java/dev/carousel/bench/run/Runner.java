package dev.carousel.bench.run;

import dev.carousel.bench.peer.PeerException;
import dev.carousel.bench.peer.WorkerProcess;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Burst;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One contestant in a race: its worker, and what it has run of the present row. */
final class Runner implements AutoCloseable {
  /** Opens a worker. */
  @FunctionalInterface
  interface Opening {
    /** A worker that is ready to be asked. */
    WorkerProcess open() throws IOException, PeerException;
  }

  private final Contestant contestant;
  private final Opening opening;
  private final List<Double> medians = new ArrayList<>();
  private final List<Double> p10s = new ArrayList<>();
  private @Nullable WorkerProcess worker;
  private String implementation = "";

  Runner(Contestant contestant, Opening opening) {
    this.contestant = contestant;
    this.opening = opening;
  }

  Contestant contestant() {
    return contestant;
  }

  /** What the library said it runs. */
  String implementation() {
    return implementation;
  }

  /** The worker; a new one if the last has died. */
  private WorkerProcess worker() throws IOException, PeerException {
    if (worker == null || !worker.alive()) {
      worker = opening.open();
    }
    return worker;
  }

  /** What the library says of itself. */
  String describe() throws IOException, PeerException {
    return worker().ask("describe");
  }

  /** Builds a row. */
  void prepare(Row row) throws IOException, PeerException {
    medians.clear();
    p10s.clear();
    implementation = worker().ask("prepare " + row.name() + " " + contestant.precision());
  }

  /** What the row computes. */
  Answer answer() throws IOException, PeerException {
    Path file = Files.createTempFile("carousel-answer", ".bin");
    try {
      worker().ask("answer " + file);
      return Answer.read(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Times it without keeping the figures. */
  Burst warm(int millis) throws IOException, PeerException {
    return Burst.parse(worker().ask("burst " + millis));
  }

  /** Times it. */
  void burst(int millis) throws IOException, PeerException {
    Burst burst = Burst.parse(worker().ask("burst " + millis));
    medians.add(burst.medianNanos());
    p10s.add(burst.p10Nanos());
  }

  /** Times the parts that can be timed by themselves, in microseconds. */
  Map<String, Double> parts(int millis) throws IOException, PeerException {
    Map<String, Double> parts = new LinkedHashMap<>();
    String said = worker().ask("parts " + millis);
    String[] words = said.isEmpty() ? new String[0] : said.split(" ", -1);
    for (int i = 0; i + 1 < words.length; i += 2) {
      parts.put(words[i], Double.parseDouble(words[i + 1]) / 1000);
    }
    return parts;
  }

  /** Medians of the bursts so far, in nanoseconds. */
  List<Double> medians() {
    return medians;
  }

  double medianMicros() {
    return Statistics.median(medians) / 1000;
  }

  double p10Micros() {
    return Statistics.median(p10s) / 1000;
  }

  /** Gives the row's memory back. */
  void release() {
    if (worker != null && worker.alive()) {
      try {
        worker.ask("release");
      } catch (PeerException e) {
        worker.close(); // a new one is opened for the next row
      }
    }
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
  }
}
