package dev.carousel.cli;

import dev.carousel.train.ProgressBar.Display;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The program behind {@code ./carousel}. */
public final class Main {
  private Main() {}

  /**
   * Runs one command line and ends the JVM with its exit code. The property {@code
   * carousel.terminal} says whether standard error is a terminal, which a JVM cannot find out.
   */
  public static void main(String[] args) {
    Display display = Boolean.getBoolean("carousel.terminal") ? Display.TERMINAL : Display.PLAIN;
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    int code = run(new Console(System.in, out, err, display), args);
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
    root.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
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
