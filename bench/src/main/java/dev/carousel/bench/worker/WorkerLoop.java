package dev.carousel.bench.worker;

import dev.carousel.bench.row.RowNames;
import dev.carousel.rnn.Precision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Does what it is told, line by line, and answers each line with one {@link Reply}.
 *
 * <pre>
 * describe                      what is measured here
 * prepare ROW PRECISION         builds it and says which implementation; closes the one before
 * answer FILE                   runs it once and writes what it computed
 * burst MILLISECONDS            times it
 * parts MILLISECONDS            times each of its parts: NAME NANOSECONDS …
 * measure WHAT                  something that is no row, in its unit
 * memory                        the most memory this process has held, in bytes
 * release                       closes what is prepared
 * quit
 * </pre>
 */
final class WorkerLoop {
  private static final long MILLI = 1_000_000;

  private final Peer peer;
  private @Nullable Exercise exercise;

  WorkerLoop(Peer peer) {
    this.peer = peer;
  }

  /** Reads until it is told to quit, or nobody speaks any more. */
  void run(BufferedReader in, PrintStream out) throws IOException {
    String line = in.readLine();
    while (line != null && !line.equals("quit")) {
      out.println(reply(line).line());
      out.flush();
      line = in.readLine();
    }
  }

  /** Whatever a library throws is what the report says of it, so nothing may pass. */
  @SuppressWarnings("CatchAndPrintStackTrace") // standard error is the worker's log
  private Reply reply(String line) {
    try {
      return Reply.done(obey(line.split(" ", 3)));
    } catch (RefusedRowException e) {
      return new Reply(Reply.Kind.REFUSED, String.valueOf(e.getMessage()));
    } catch (Throwable e) {
      e.printStackTrace();
      return new Reply(Reply.Kind.FAILED, said(e));
    }
  }

  /** The innermost cause says most. */
  static String said(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause.toString();
  }

  private String obey(String[] words) throws Exception {
    return switch (words[0]) {
      case "describe" -> peer.describe();
      case "prepare" -> {
        release();
        exercise = peer.prepare(RowNames.parse(words[1]), Precision.valueOf(words[2]));
        yield exercise.implementation();
      }
      case "answer" -> {
        prepared().answer().write(Path.of(words[1]));
        yield "";
      }
      case "burst" -> {
        Exercise e = prepared();
        yield Burst.of(e::run, e.passes(), millis(words[1])).text();
      }
      case "parts" -> parts(prepared(), millis(words[1]));
      case "measure" -> String.valueOf(peer.measure(words[1]));
      case "memory" -> String.valueOf(ProcessMemory.peakBytes());
      case "release" -> {
        release();
        yield "";
      }
      default -> throw new IllegalArgumentException("a worker does not know '" + words[0] + "'");
    };
  }

  private static String parts(Exercise exercise, long nanos) throws Exception {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Exercise.Action> part : new TreeMap<>(exercise.parts()).entrySet()) {
      Burst burst = Burst.of(part.getValue(), 1, nanos);
      text.append(part.getKey()).append(' ').append(burst.medianNanos()).append(' ');
    }
    return text.toString();
  }

  private static long millis(String word) {
    return Long.parseLong(word) * MILLI;
  }

  private Exercise prepared() {
    if (exercise == null) {
      throw new IllegalStateException("nothing is prepared");
    }
    return exercise;
  }

  private void release() throws Exception {
    if (exercise != null) {
      Exercise old = exercise;
      exercise = null;
      old.close();
      System.gc(); // libraries that free native memory with their objects do it now, not in a burst
    }
  }
}
