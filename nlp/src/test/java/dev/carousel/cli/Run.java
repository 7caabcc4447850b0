package dev.carousel.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * What one command line did.
 *
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Run(int code, String out, String err) {
  static Run of(String... args) {
    return reading("", args);
  }

  static Run reading(String input, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out),
            new PrintWriter(err));
    int code = Main.run(console, args);
    return new Run(code, out.toString(), err.toString());
  }

  /** The last line of standard output. */
  String lastLine() {
    return out.strip().lines().reduce("", (before, line) -> line);
  }
}
