package dev.carousel.cli;

import dev.carousel.train.ProgressBar.Display;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * What {@code carousel} and the programs beside it share: streams, how failures are said, exit
 * codes.
 */
public final class Program {
  private Program() {}

  /** The command above all verbs. Verbs whose constructor takes a {@link Console} are given one. */
  public interface Root extends Runnable {
    /** Whether failures print their stack trace. */
    boolean verbose();
  }

  /**
   * Runs one command line on the standard streams and ends the JVM with its exit code. The property
   * {@code carousel.terminal} says whether standard error is a terminal, which a JVM cannot find
   * out.
   */
  public static void main(Root root, String... args) {
    Display display = Boolean.getBoolean("carousel.terminal") ? Display.TERMINAL : Display.PLAIN;
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    int code = run(root, new Console(System.in, out, err, display), args);
    out.flush();
    err.flush();
    System.exit(code);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), false, StandardCharsets.UTF_8);
  }

  /**
   * Runs one command line.
   *
   * @param console where it reads and writes
   * @return 0 if all went well, 1 for a failure whose message stands on the console's error stream,
   *     2 if the command line was not understood
   */
  public static int run(Root root, Console console, String... args) {
    return commandLine(root, console).execute(args);
  }

  /** The parser of the whole command line. */
  static CommandLine commandLine(Root root, Console console) {
    CommandLine line = new CommandLine(root, new ConsoleFactory(console));
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(new UsageFailures());
    line.setExecutionExceptionHandler(new RunFailures());
    return line;
  }
}
