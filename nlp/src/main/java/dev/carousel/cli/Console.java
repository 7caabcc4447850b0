package dev.carousel.cli;

import dev.carousel.train.ProgressBar;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command reads and writes.
 *
 * @param in standard input
 * @param out answers and nothing else
 * @param err progress and messages
 * @param display what {@code err} is shown on
 */
public record Console(
    InputStream in, PrintStream out, PrintStream err, ProgressBar.Display display) {
  /** Prints one line of JSON to {@link #out()}: {@code fields} in their order. */
  void json(Map<String, ?> fields) {
    JsonLine.write(fields, out);
    out.flush();
  }

  /** Prints one line to {@link #err()}. */
  public void progress(String line) {
    err.println(line);
    err.flush();
  }
}
