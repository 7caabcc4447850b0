package dev.carousel.bench.worker;

import dev.carousel.bench.row.RowNames;
import dev.carousel.rnn.Precision;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;

/**
 * The program of a worker process: {@code Worker ADAPTER THREADS}, then lines on standard input as
 * {@link WorkerLoop} has them; or {@code Worker ADAPTER THREADS ROW PRECISION} to run one row as
 * soon as possible and say so, before it reads any line.
 */
public final class Worker {
  private Worker() {}

  /** Runs until it is told to quit; whatever goes wrong before is one reply. */
  @SuppressWarnings({"CatchAndPrintStackTrace", "resource"}) // standard error is the worker's log
  public static void main(String[] args) {
    PrintStream out = System.out;
    System.setOut(System.err); // what a library prints is not for the benchmark
    try {
      Peer peer = peer(args[0], Integer.parseInt(args[1]));
      if (args.length > 2) {
        first(peer, args[2], args[3]);
      }
      out.println(Reply.done("").line());
      out.flush();
      new WorkerLoop(peer)
          .run(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out);
    } catch (RefusedRowException e) {
      out.println(new Reply(Reply.Kind.REFUSED, String.valueOf(e.getMessage())).line());
    } catch (Throwable e) {
      e.printStackTrace();
      out.println(new Reply(Reply.Kind.FAILED, WorkerLoop.said(e)).line());
    }
    out.flush();
    // Some libraries keep threads that would hold the process, or crash while they are unloaded.
    Runtime.getRuntime().halt(0);
  }

  private static Peer peer(String type, int threads) throws ReflectiveOperationException {
    try {
      return Class.forName(type)
          .asSubclass(Peer.class)
          .getConstructor(int.class)
          .newInstance(threads);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static void first(Peer peer, String row, String precision) throws Exception {
    peer.prepare(RowNames.parse(row), Precision.valueOf(precision)).run();
  }
}
