package dev.carousel.bench.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a program said.
 *
 * @param code its exit code; −1 if it could not be started
 * @param output both of its streams
 */
record ChildProcess(int code, String output) {
  static ChildProcess run(List<String> command) {
    try {
      Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
      p.getOutputStream().close();
      String output = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new ChildProcess(p.waitFor(), output);
    } catch (IOException e) {
      return new ChildProcess(-1, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ChildProcess(-1, "interrupted");
    }
  }

  /** The last lines, for a report. */
  List<String> lastLines(int n) {
    List<String> lines = output.strip().lines().toList();
    return lines.subList(Math.max(0, lines.size() - n), lines.size());
  }
}
