package dev.carousel.bench.run;

import dev.carousel.bench.peer.PeerException;
import dev.carousel.bench.peer.PeerJars;
import dev.carousel.bench.peer.WorkerProcess;
import dev.carousel.bench.peer.Workers;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.run.Outcome.Measured;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From the start of a process to its first answer. The first start unpacks the library's natives
 * into an empty folder, later ones find them there.
 */
final class ColdStart {
  private static final int STARTS_AT_LEAST = 3;

  private final Workers workers;
  private final int threads;
  private final Pace pace;

  ColdStart(Workers workers, int threads, Pace pace) {
    this.workers = workers;
    this.threads = threads;
    this.pace = pace;
  }

  /** The times of later starts as a row, and the rest. */
  record Result(Measured row, Footprint footprint) {}

  private record Start(double micros, long peakBytes) {}

  /** Starts it several times. */
  Result run(Row row, Contestant contestant, PeerJars jars) throws IOException, PeerException {
    Path cache = Files.createTempDirectory("carousel-cold");
    try {
      Start first = start(row, contestant, jars, cache);
      List<Double> nanos = new ArrayList<>();
      long peak = first.peakBytes();
      for (int i = 0; i < Math.max(STARTS_AT_LEAST, pace.rounds()); i++) {
        Start next = start(row, contestant, jars, cache);
        nanos.add(next.micros() * 1000);
        peak = Math.max(peak, next.peakBytes());
      }
      double median = Statistics.median(nanos) / 1000;
      double least = nanos.stream().mapToDouble(Double::doubleValue).min().orElseThrow() / 1000;
      Measured measured =
          new Measured(
              row,
              threads,
              contestant,
              median,
              least,
              Statistics.spread(nanos),
              Double.NaN,
              Double.NaN,
              Double.NaN,
              "");
      Footprint footprint =
          new Footprint(
              contestant, threads, jars.downloadBytes(), size(cache), first.micros(), peak);
      return new Result(measured, footprint);
    } finally {
      delete(cache);
    }
  }

  private Start start(Row row, Contestant contestant, PeerJars jars, Path cache)
      throws IOException, PeerException {
    List<String> options =
        List.of(
            "-Dorg.bytedeco.javacpp.cachedir=" + cache,
            "-Djava.io.tmpdir=" + cache,
            "-DDJL_CACHE_DIR=" + cache,
            "-DENGINE_CACHE_DIR=" + cache);
    List<String> arguments = List.of(row.name(), contestant.precision().name());
    long before = System.nanoTime();
    try (WorkerProcess worker = workers.start(jars, threads, options, arguments)) {
      worker.reply();
      double micros = (System.nanoTime() - before) / 1000.0;
      return new Start(micros, peak(worker, row, contestant));
    }
  }

  /** After calls for a while: what a library grows to when it works. */
  private long peak(WorkerProcess worker, Row row, Contestant contestant) throws PeerException {
    worker.ask("prepare " + row.name() + " " + contestant.precision());
    worker.ask("burst " + pace.burstMillis());
    try {
      return Long.parseLong(worker.ask("memory"));
    } catch (PeerException e) {
      return -1;
    }
  }

  private static long size(Path folder) throws IOException {
    long[] sum = {0};
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
            return FileVisitResult.CONTINUE;
          }
        });
    return sum[0];
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
