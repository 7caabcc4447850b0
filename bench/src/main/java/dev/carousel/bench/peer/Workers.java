package dev.carousel.bench.peer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts workers of peers whose jars are there. */
public final class Workers {
  private static final int ASKS_FOR_NATIVE_ACCESS = 22;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Path logs;
  private final AtomicInteger started = new AtomicInteger();

  /**
   * Workers that leave what they print in a folder.
   *
   * @param logs the folder
   */
  public Workers(Path logs) throws IOException {
    this.logs = Files.createDirectories(logs);
  }

  /**
   * A worker that is ready to be asked.
   *
   * @throws PeerException if the library could not be loaded, with its reason
   */
  public WorkerProcess open(PeerJars jars, int threads) throws IOException, PeerException {
    WorkerProcess worker = start(jars, threads, List.of(), List.of());
    try {
      worker.reply();
      return worker;
    } catch (PeerException e) {
      worker.close();
      throw e;
    }
  }

  /**
   * A worker whose first reply is still to come.
   *
   * @param options more for the JVM
   * @param arguments what follows the adapter and the threads
   */
  public WorkerProcess start(
      PeerJars jars, int threads, List<String> options, List<String> arguments) throws IOException {
    PeerSpec peer = jars.peer();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= ASKS_FOR_NATIVE_ACCESS) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-Xmx3g", "-XX:+UseParallelGC"));
    command.add("-XX:ErrorFile=" + logs.resolve("crash-%p.log")); // or it lands where one stands
    command.addAll(peer.jvm());
    command.addAll(options);
    command.addAll(List.of("-cp", jars.classPath(), "dev.carousel.bench.worker.Worker"));
    command.addAll(List.of(peer.adapter(), String.valueOf(threads)));
    command.addAll(arguments);
    File log = logs.resolve(started.incrementAndGet() + "-" + peer.name() + ".log").toFile();
    return WorkerProcess.start(command, threads, log, PATIENCE);
  }
}
