package dev.carousel.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The program behind {@code ./carousel}. */
public final class Main {
  private Main() {}

  /** Runs one command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = run(new Console(System.in, out, err), args);
    out.flush();
    err.flush();
    System.exit(code);
  }

  /**
   * Runs one command line.
   *
   * @param console where it reads and writes
   * @param args the words after {@code carousel}
   * @return 0 if all went well, 1 for a failure whose message stands on the console's error stream,
   *     2 if the command line was not understood
   */
  public static int run(Console console, String... args) {
    return commandLine(console).execute(args);
  }

  /** The parser of the whole command line. */
  static CommandLine commandLine(Console console) {
    CommandLine root = new CommandLine(new CarouselCommand(), new ConsoleFactory(console));
    root.setOut(console.out());
    root.setErr(console.err());
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setParameterExceptionHandler(new UsageFailures());
    root.setExecutionExceptionHandler(new RunFailures());
    return root;
  }

  /** A parser of one object's flags alone, as a recipe's settings are. */
  static CommandLine parser(Object flags) {
    return new CommandLine(flags).setCaseInsensitiveEnumValuesAllowed(true);
  }
}
