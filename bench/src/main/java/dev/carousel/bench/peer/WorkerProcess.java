package dev.carousel.bench.peer;

import dev.carousel.bench.worker.Reply;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A worker, seen from the benchmark: what is said to it and what it replies. A worker that dies or
 * keeps silent is a {@link PeerException}, and of no more use.
 */
public final class WorkerProcess implements AutoCloseable {
  private static final Duration GOODBYE = Duration.ofSeconds(5);
  private static final int LAST_WORDS = 200;

  /** Stands in the queue for the end of the worker's output. */
  private static final String END = "";

  private final Process process;
  private final BufferedWriter to;
  private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();
  private final Path log;
  private final Duration patience;

  private WorkerProcess(Process process, Path log, Duration patience) {
    this.process = process;
    this.to = process.outputWriter(StandardCharsets.UTF_8);
    this.log = log;
    this.patience = patience;
    Thread reader = new Thread(this::read, "replies");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a worker; its first reply says whether the library could be loaded.
   *
   * @param command the whole command line
   * @param threads for the libraries that read it from the environment
   * @param log takes what the process prints on standard error
   * @param patience how long a reply may take
   */
  public static WorkerProcess start(List<String> command, int threads, File log, Duration patience)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    for (String variable : List.of("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")) {
      builder.environment().put(variable, String.valueOf(threads));
    }
    builder.redirectError(log);
    return new WorkerProcess(builder.start(), log.toPath(), patience);
  }

  private void read() {
    try (BufferedReader from = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = from.readLine(); line != null; line = from.readLine()) {
        if (Reply.isReply(line)) {
          replies.add(line);
        }
      }
    } catch (IOException e) {
      // the process was ended while it spoke
    }
    replies.add(END);
  }

  /**
   * Says a line and waits for what it brings.
   *
   * @throws PeerException if the worker refuses, fails, dies or keeps silent
   */
  public String ask(String line) throws PeerException {
    try {
      to.write(line + "\n");
      to.flush();
    } catch (IOException e) {
      throw new PeerException("its process ended" + lastWords());
    }
    return reply();
  }

  /**
   * Waits for the next reply; the first one comes unasked, when the library is loaded.
   *
   * @throws PeerException if the worker refuses, fails, dies or keeps silent
   */
  public String reply() throws PeerException {
    String line;
    try {
      line = replies.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PeerException("interrupted");
    }
    if (line == null) {
      process.destroyForcibly();
      throw new PeerException("it gave no answer in " + patience.toSeconds() + " s");
    }
    if (line.equals(END)) {
      throw new PeerException("its process ended" + lastWords());
    }
    Reply reply = Reply.parse(line);
    return switch (reply.kind()) {
      case DONE -> reply.text();
      case REFUSED -> throw new PeerException(reply.text());
      case FAILED -> throw new PeerException("it failed: " + reply.text());
    };
  }

  private String lastWords() {
    try {
      String said = Files.readString(log).strip();
      String end = said.substring(Math.max(0, said.length() - LAST_WORDS)).replaceAll("\\s+", " ");
      return end.isEmpty() ? "" : "; its last words: " + end;
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether it can still be asked. */
  public boolean alive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    try {
      to.write("quit\n");
      to.flush();
      if (!process.waitFor(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
